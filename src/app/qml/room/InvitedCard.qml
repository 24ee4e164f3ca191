import QtQuick
import QtQuick.Layouts
import Tutti

/// A link was opened: which room it leads to, and whether we want that.
Rectangle {
    id: root

    required property RoomViewModel room
    property string link
    readonly property string roomName: room.roomOf(link)

    visible: roomName !== ""
    implicitHeight: content.implicitHeight + 2 * Theme.medium
    radius: Theme.radius
    color: Theme.raised
    Accessible.role: Accessible.Grouping
    Accessible.name: heading.text

    Connections {
        target: root.room
        function onInvited(link: string) {
            root.link = link;
        }
    }
    ColumnLayout {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.medium
        spacing: Theme.small

        Heading {
            id: heading
            text: qsTr("You are invited to “%1”").arg(root.roomName)
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
        Caption {
            text: qsTr("Its server is %1.").arg(root.room.hostOf(root.link))
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true

            Item {
                Layout.fillWidth: true
            }
            PushButton {
                text: qsTr("Not now")
                isQuiet: true
                onClicked: root.link = ""
            }
            PushButton {
                objectName: "acceptInvitation"
                text: qsTr("Join")
                spoken: qsTr("Join %1").arg(root.roomName)
                isPrimary: true
                onClicked: {
                    const link = root.link;
                    root.link = "";
                    root.room.join(link, "");
                }
            }
        }
    }
}
