import QtQuick
import Tutti

/// Where between the ears a channel sounds.
HandSlider {
    id: root

    required property ChannelViewModel channel

    isHorizontal: true
    position: (channel.pan + 1) / 2
    valueText: channel.panText
    value: channel.pan
    minimumValue: -1
    maximumValue: 1
    pageSteps: 5
    help: qsTr("Drag or scroll, finer with Shift; double-click for the centre")
    implicitHeight: Theme.px(18)
    onPositionWanted: position => channel.askPan(position * 2 - 1)
    onStepsWanted: steps => channel.askPan(channel.pan + steps * 0.1)
    onResetWanted: channel.askPan(0)

    readonly property real centre: width / 2
    readonly property real at: width * position

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Theme.px(4)
        radius: height / 2
        color: Theme.track
    }
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: Math.min(root.centre, root.at)
        width: Math.abs(root.at - root.centre)
        height: Theme.px(4)
        color: Theme.played
    }
    Rectangle {
        anchors.centerIn: parent
        width: 1
        height: Theme.px(10)
        color: Theme.outline
    }
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: Math.round(root.at - width / 2)
        width: Theme.px(8)
        height: Theme.px(14)
        radius: Theme.px(3)
        color: root.isHeld ? Theme.accent : root.isHovered ? Theme.text : Theme.thumb
        border.color: Theme.background
    }
}
