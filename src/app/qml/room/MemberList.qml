import QtQuick
import QtQuick.Layouts
import Tutti

/// The other members.
ColumnLayout {
    id: root

    required property RoomViewModel room
    required property PlayersViewModel players

    spacing: Theme.small

    Repeater {
        model: root.players

        MemberRow {
            readonly property MemberList list: parent as MemberList

            areWeHost: list ? list.room.areWeHost : false
            Layout.fillWidth: true
        }
    }
}
