import QtQuick
import QtQuick.Layouts
import Tutti

/// Beside the mixer: the room and the people in it, or how to get into one; where the delay comes from; and the
/// other sites' Link programs.
Rectangle {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room
    readonly property bool isIn: room.state === RoomViewModel.Joined || room.state === RoomViewModel.Lost
    property bool wantsDelay: false
    property bool wantsBridge: false
    readonly property bool isBridgeShown: wantsBridge && isIn
    readonly property bool isDelayShown: wantsDelay && !wantsBridge && isIn

    function turnTo(delay, bridge) {
        wantsDelay = delay;
        wantsBridge = bridge;
    }

    implicitWidth: Theme.panelWidth
    color: Theme.surface

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Row {
            visible: root.isIn
            Layout.leftMargin: Theme.tiny
            Layout.topMargin: Theme.tiny

            PageTab {
                text: qsTr("People")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: !root.wantsDelay && !root.wantsBridge
                onClicked: root.turnTo(false, false)
            }
            PageTab {
                objectName: "delayTab"
                text: qsTr("Delay")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: root.wantsDelay && !root.wantsBridge
                onClicked: root.turnTo(true, false)
            }
            PageTab {
                objectName: "bridgeTab"
                text: qsTr("Bridge")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: root.wantsBridge
                onClicked: root.turnTo(false, true)
            }
        }
        Remark {
            objectName: "roomProblem"
            visible: root.isIn && text !== ""
            text: root.room.problem === "" && root.room.state === RoomViewModel.Lost ? qsTr("The room is out of reach. Tutti keeps trying.") : root.room.problem
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
            Layout.margins: Theme.medium
        }
        Lobby {
            objectName: "lobby"
            visible: root.room.state === RoomViewModel.None
            band: root.band
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        JoiningPage {
            visible: root.room.state === RoomViewModel.Joining
            room: root.room
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        PeoplePage {
            objectName: "people"
            visible: root.isIn && !root.wantsDelay && !root.wantsBridge
            band: root.band
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        DelayPanel {
            objectName: "delayPanel"
            visible: root.isDelayShown
            players: root.band.players
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        BridgePanel {
            objectName: "bridgePanel"
            visible: root.isBridgeShown
            bridge: root.band.bridge
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
