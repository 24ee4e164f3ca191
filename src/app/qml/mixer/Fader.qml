import QtQuick
import Tutti

/// A channel's gain.
HandSlider {
    id: root

    required property ChannelViewModel channel
    property bool isDimmed: false

    objectName: "fader"

    position: DecibelScale.position(channel.gain)
    valueText: channel.isSilenced ? qsTr("%1, silenced by a solo").arg(channel.gainText) : channel.gainText
    value: Math.max(minimumValue, channel.gain)
    minimumValue: DecibelScale.lowest
    maximumValue: DecibelScale.highest
    stepSize: 1
    help: qsTr("Drag or scroll, finer with Shift; double-click for 0 dB")
    implicitWidth: Theme.px(26)
    implicitHeight: Theme.px(120)
    Keys.onLeftPressed: toNeighbour(false)
    Keys.onRightPressed: toNeighbour(true)
    onPositionWanted: position => channel.askGain(DecibelScale.decibels(position))
    onStepsWanted: steps => channel.nudgeGain(steps)
    onResetWanted: channel.askGain(0)

    /// From strip to strip, past keys and pans.
    function toNeighbour(isForward: bool) {
        let item = nextItemInFocusChain(isForward);
        while (item !== root && item.objectName !== root.objectName)
            item = item.nextItemInFocusChain(isForward);
        item.forceActiveFocus(Qt.TabFocusReason);
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Theme.px(4)
        height: parent.height
        radius: width / 2
        color: Theme.track
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        width: Theme.px(4)
        height: parent.height * root.position
        radius: width / 2
        color: root.isDimmed ? Theme.outline : Theme.played
    }
    Rectangle {
        width: parent.width
        height: 1
        y: Math.round(parent.height * (1 - DecibelScale.position(0)))
        color: Theme.outline
    }
    Rectangle {
        id: thumb

        width: parent.width
        height: Theme.px(14)
        y: Math.round(parent.height * (1 - root.position) - height / 2)
        radius: Theme.px(4)
        color: root.isHeld ? Theme.accent : root.isHovered ? Theme.text : Theme.thumb
        border.color: Theme.background
        border.width: 1

        Rectangle {
            anchors.centerIn: parent
            width: parent.width - Theme.small
            height: 2
            color: root.isHeld ? Theme.accentInk : Theme.background
        }
    }
}
