import QtQuick
import QtQuick.Templates as T
import Tutti

/// The fader and the mute key of a card that is a strip; the canvas paints them.
Item {
    id: root

    required property StripViewModel strip
    required property string place
    readonly property real top: 24
    readonly property real side: 14

    T.AbstractButton {
        readonly property string place: root.place

        x: root.side
        y: root.top
        width: 20
        height: 15
        checkable: true
        checked: root.strip.first.isMuted
        focusPolicy: Qt.TabFocus
        Accessible.name: qsTr("Mute %1").arg(root.strip.name)
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        onClicked: {
            checked = Qt.binding(() => root.strip.first.isMuted); // a click breaks it
            root.strip.first.toggleMute();
        }
        background: FocusRing {
            isShown: parent.visualFocus // qmllint disable missing-property
            gap: 2
        }
    }
    HandSlider {
        readonly property string place: root.place

        objectName: "cardFader"
        x: root.side + 28
        y: root.top
        width: 128
        height: 15
        isHorizontal: true
        hearsWheel: false
        name: qsTr("Gain of %1").arg(root.strip.name)
        valueText: root.strip.first.gainText
        position: DecibelScale.position(root.strip.first.gain)
        value: Math.max(minimumValue, root.strip.first.gain)
        minimumValue: DecibelScale.lowest
        maximumValue: DecibelScale.highest
        stepSize: 1
        onPositionWanted: position => root.strip.first.askGain(DecibelScale.decibels(position))
        onStepsWanted: steps => root.strip.first.nudgeGain(steps)
        onResetWanted: root.strip.first.askGain(0)
    }
}
