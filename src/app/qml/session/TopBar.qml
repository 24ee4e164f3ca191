import QtQuick
import QtQuick.Layouts
import Tutti

/// Who we are, whether we are linked and with how many, and the few things about the window itself.
Rectangle {
    id: root

    required property Stage stage
    required property bool isCompanyShown
    required property bool isInRoom
    required property bool isPatching
    signal beatAsked
    signal roomAsked
    signal patchAsked
    signal companyToggled
    signal helpAsked

    implicitHeight: Theme.barHeight
    implicitWidth: row.implicitWidth + 2 * Theme.large
    color: Theme.surface

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.medium
        spacing: Theme.tiny

        LinkSwitch {
            link: root.stage.link
            Layout.fillWidth: true
        }
        PageSwitch {
            offers: root.stage.band.offers
            isInRoom: root.isInRoom
            isPatching: root.isPatching
            onBeatAsked: root.beatAsked()
            onRoomAsked: root.roomAsked()
            onPatchAsked: root.patchAsked()
            Layout.rightMargin: Theme.small
        }
        PushButton {
            iconName: root.stage.appearance.iconName
            isQuiet: true
            isTipBelow: true
            spoken: root.stage.appearance.schemeText
            tip: spoken
            onClicked: root.stage.appearance.chooseNext()
        }
        PushButton {
            iconName: "keys"
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Keys")
            tip: spoken
            onClicked: root.helpAsked()
        }
        PushButton {
            objectName: "sideButton"
            iconName: root.isPatching ? "sessions" : "peers"
            isQuiet: !root.isCompanyShown
            isTipBelow: true
            spoken: {
                if (root.isPatching)
                    return root.isCompanyShown ? qsTr("Hide the sessions") : qsTr("Show the sessions");
                if (root.isInRoom)
                    return root.isCompanyShown ? qsTr("Hide the room") : qsTr("Show the room");
                return root.isCompanyShown ? qsTr("Hide the Link programs") : qsTr("Show the Link programs");
            }
            tip: spoken
            onClicked: root.companyToggled()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
