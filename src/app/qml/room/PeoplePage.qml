import QtQuick
import QtQuick.Layouts
import Tutti

/// In a room: what it is called, how to get others in, who is there, and what they say.
ColumnLayout {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room
    readonly property real leastChat: Theme.px(140)

    spacing: 0

    ScrollPage {
        Layout.fillWidth: true
        Layout.preferredHeight: contentHeight
        Layout.maximumHeight: Math.max(Theme.px(120), root.height - root.leastChat)

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
    }
    ChatView {
        chat: root.band.chat
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.large
        Layout.topMargin: 0
    }
}
