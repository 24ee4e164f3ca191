import QtQuick
import Tutti

/// Full: all they play arrives. A triangle: some of it does not. A ring: nothing comes.
Item {
    id: root

    required property PlayerViewModel player
    readonly property bool isLossy: player.lossText !== ""
    readonly property bool isFull: player.isHeard && !player.isMutedByHost

    implicitWidth: Theme.px(14)
    implicitHeight: Theme.px(14)

    Rectangle {
        visible: !root.isLossy
        anchors.centerIn: parent
        width: Theme.px(8)
        height: width
        radius: width / 2
        color: root.isFull ? Theme.level : "transparent"
        border.color: root.isFull ? Theme.level : Theme.outline
        border.width: 1.5
    }
    Icon {
        visible: root.isLossy
        anchors.fill: parent
        name: "warning"
        color: Theme.alarm
    }
    HoverHandler {
        id: hover
    }
    Tip {
        visible: hover.hovered
        text: root.player.spokenState
    }
}
