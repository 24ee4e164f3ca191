import QtQuick
import QtQuick.Layouts
import Tutti

/// On the way into a room.
ScrollPage {
    id: root

    required property RoomViewModel room

    Item {
        Layout.fillHeight: true
    }
    EmptyPlace {
        iconName: "peers"
        title: qsTr("Joining “%1”…").arg(root.room.name)
        advice: root.room.problem !== "" ? root.room.problem : qsTr("Looking for the shortest way to each player.")
        Layout.fillWidth: true
    }
    PushButton {
        text: qsTr("Cancel")
        onClicked: root.room.leave()
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.medium
    }
    Item {
        Layout.fillHeight: true
    }
}
