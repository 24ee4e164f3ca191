import QtQuick
import QtQuick.Layouts
import Tutti

/// On the way into a room.
ScrollPage {
    id: root

    required property RoomViewModel room

    EmptyPlace {
        iconName: "peers"
        title: qsTr("Joining “%1”…").arg(root.room.name)
        advice: root.room.problem !== "" ? root.room.problem : qsTr("Looking for the shortest way to each player.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.vast
    }
    PushButton {
        text: qsTr("Cancel")
        onClicked: root.room.leave()
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.medium
    }
}
