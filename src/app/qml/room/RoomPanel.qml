import QtQuick
import QtQuick.Layouts
import Tutti

/// Beside the mixer: the room and the people in it, or how to get into one; and where the delay comes from.
Rectangle {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room
    readonly property bool isIn: room.state === RoomViewModel.Joined || room.state === RoomViewModel.Lost
    property bool wantsDelay: false
    readonly property bool isDelayShown: wantsDelay && isIn

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
                isHere: !root.wantsDelay
                onClicked: root.wantsDelay = false
            }
            PageTab {
                objectName: "delayTab"
                text: qsTr("Delay")
                isHere: root.wantsDelay
                onClicked: root.wantsDelay = true
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
            visible: root.isIn && !root.wantsDelay
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
    }
}
