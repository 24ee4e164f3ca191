import QtQuick
import Tutti

/// No other player: why, and what helps.
EmptyPlace {
    id: root

    required property RoomViewModel room
    required property bool isRoomShown
    signal roomAsked

    iconName: "peers"
    title: {
        switch (room.state) {
        case RoomViewModel.Joined:
            return qsTr("Nobody else is here yet");
        case RoomViewModel.Joining:
            return qsTr("Joining…");
        case RoomViewModel.Lost:
            return qsTr("The room is out of reach");
        }
        return qsTr("You are not in a room");
    }
    advice: {
        switch (room.state) {
        case RoomViewModel.Joined:
            return qsTr("Send the invitation to those you want to play with.");
        case RoomViewModel.Joining:
            return qsTr("Strips appear as soon as the others are heard.");
        case RoomViewModel.Lost:
            return qsTr("Tutti keeps trying; the strips come back by themselves.");
        }
        return qsTr("Join one or host one: each player gets a strip here.");
    }

    PushButton {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: !root.isRoomShown
        text: root.room.state === RoomViewModel.None ? qsTr("Find a room") : qsTr("Show the room")
        isPrimary: true
        onClicked: root.roomAsked()
    }
    PushButton {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.room.state === RoomViewModel.None
        iconName: "headphones"
        text: qsTr("Test alone")
        isQuiet: true
        tip: qsTr("Hear yourself as others will, with the delay measured. Wear headphones.")
        onClicked: root.room.playAlone()
    }
}
