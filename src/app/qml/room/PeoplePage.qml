import QtQuick
import QtQuick.Layouts
import Tutti

/// In a room: what it is called, how to get others in, who is there, and what they say.
GridLayout {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room
    readonly property real leastChat: Theme.px(140)
    readonly property bool isPage: width >= Theme.panelWidth * 1.8

    columns: isPage ? 2 : 1
    columnSpacing: 0
    rowSpacing: 0

    ScrollPage {
        Layout.fillWidth: true
        Layout.preferredWidth: root.width / root.columns
        Layout.fillHeight: root.isPage
        Layout.preferredHeight: contentHeight
        Layout.maximumHeight: root.isPage ? Infinity : Math.max(Theme.px(120), root.height - root.leastChat)

        RoomHeader {
            room: root.room
            Layout.fillWidth: true
        }
        ReachRemark {
            hosting: root.band.hosting
            Layout.fillWidth: true
        }
        CableRemark {
            device: root.band.device
            Layout.fillWidth: true
        }
        PersonRow {
            strip: root.band.own.strip
            isUs: true
            isHost: root.room.areWeHost
            Layout.fillWidth: true
            Layout.topMargin: Theme.small
        }
        MemberList {
            room: root.room
            players: root.band.players
            Layout.fillWidth: true
        }
    }
    ChatView {
        visible: root.room.kind !== RoomViewModel.Alone
        chat: root.band.chat
        hasLine: !root.isPage
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: root.width / root.columns
        Layout.margins: Theme.large
        Layout.topMargin: root.isPage ? Theme.large : 0
    }
    Item { // keeps the page where it is while there is nobody to talk to
        visible: root.room.kind === RoomViewModel.Alone
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
}
