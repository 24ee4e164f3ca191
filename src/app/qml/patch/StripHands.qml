import QtQuick
import QtQuick.Templates as T
import Tutti

/// The fader and the mute key of a card that is a strip; the canvas paints them.
Item {
    id: root

    required property StripViewModel strip
    required property string place
    readonly property ChannelViewModel channel: strip?.first ?? null
    readonly property string name: strip?.name ?? ""
    readonly property real row: 24
    readonly property real side: 14

    T.AbstractButton {
        id: mute

        readonly property string place: root.place

        x: root.side
        y: root.row
        width: 20
        height: 15
        checkable: true
        checked: root.channel?.isMuted ?? false
        focusPolicy: Qt.TabFocus
        Accessible.name: qsTr("Mute %1").arg(root.name)
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        onClicked: {
            checked = Qt.binding(() => root.channel?.isMuted ?? false); // a click breaks it
            root.channel.toggleMute();
        }
        background: FocusRing {
            isShown: mute.visualFocus
            gap: 2
        }
    }
    HandSlider {
        readonly property string place: root.place

        objectName: "cardFader"
        x: root.side + 28
        y: root.row
        width: 128
        height: 15
        isHorizontal: true
        hearsWheel: false
        name: qsTr("Gain of %1").arg(root.name)
        valueText: root.channel?.gainText ?? ""
        position: DecibelScale.position(root.channel?.gain ?? 0)
        value: Math.max(minimumValue, root.channel?.gain ?? 0)
        minimumValue: DecibelScale.lowest
        maximumValue: DecibelScale.highest
        stepSize: 1
        onPositionWanted: position => root.channel.askGain(DecibelScale.decibels(position))
        onStepsWanted: steps => root.channel.nudgeGain(steps)
        onResetWanted: root.channel.askGain(0)
    }
}
