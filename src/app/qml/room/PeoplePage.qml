import QtQuick
import QtQuick.Layouts
import Tutti

/// In a room: what it is called, how to get others in, who is there, and what they say.
ScrollPage {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room

    Remark {
        visible: root.room.state === RoomViewModel.Lost
        text: root.room.problem !== "" ? root.room.problem : qsTr("The room is out of reach. Tutti keeps trying.")
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    RoomHeader {
        room: root.room
        Layout.fillWidth: true
    }
    PersonRow {
        strip: root.band.own.strip
        isUs: true
        isHost: root.room.areWeHost
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
    }
    Repeater {
        model: root.band.players

        MemberRow {
            room: root.room
            Layout.fillWidth: true
        }
    }
    ChatView {
        chat: root.band.chat
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: Theme.px(150)
        Layout.topMargin: Theme.small
    }
}
