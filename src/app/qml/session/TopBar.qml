import QtQuick
import QtQuick.Layouts
import Tutti

/// Who we are, whether we are linked and with how many, and the few things about the window itself.
Rectangle {
    id: root

    required property Stage stage
    required property bool isCompanyShown
    required property bool isInRoom
    signal pageTurned
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
            onTurned: root.pageTurned()
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
            iconName: "peers"
            isQuiet: !root.isCompanyShown
            isTipBelow: true
            spoken: {
                if (root.isInRoom)
                    return root.isCompanyShown ? qsTr("Hide the room") : qsTr("Show the room");
                return root.isCompanyShown ? qsTr("Hide peers") : qsTr("Show peers");
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
