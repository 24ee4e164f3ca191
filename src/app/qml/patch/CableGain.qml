import QtQuick
import Tutti

/// How loud a cable is.
Row {
    id: root

    required property ConnectionViewModel cable

    height: Theme.controlHeight
    spacing: Theme.small

    HandSlider {
        id: slider
        objectName: "cableGain"
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(160)
        height: Theme.px(24)
        isHorizontal: true
        name: qsTr("Gain of the cable %1").arg(root.cable?.name ?? "")
        valueText: root.cable?.gainText ?? ""
        position: DecibelScale.position(root.cable?.gain ?? 0)
        value: Math.max(minimumValue, root.cable?.gain ?? 0)
        minimumValue: DecibelScale.lowest
        maximumValue: DecibelScale.highest
        stepSize: 1
        help: qsTr("Drag or scroll, finer with Shift; double-click for 0 dB")
        onPositionWanted: position => root.cable.askGain(DecibelScale.decibels(position))
        onStepsWanted: steps => root.cable.nudgeGain(steps)
        onResetWanted: root.cable.askGain(0)

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: Theme.px(4)
            radius: height / 2
            color: Theme.track
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width * slider.position
            height: Theme.px(4)
            radius: height / 2
            color: Theme.played
        }
        Rectangle {
            x: Math.round(parent.width * DecibelScale.position(0))
            anchors.verticalCenter: parent.verticalCenter
            width: 1
            height: Theme.px(12)
            color: Theme.outline
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: Math.round(parent.width * slider.position - width / 2)
            width: Theme.px(10)
            height: Theme.px(18)
            radius: Theme.px(3)
            color: slider.isHeld ? Theme.accent : slider.isHovered ? Theme.text : Theme.thumb
            border.color: Theme.surface
        }
    }
    Text {
        width: Math.max(implicitWidth, Theme.px(64))
        anchors.verticalCenter: parent.verticalCenter
        text: root.cable?.gainText ?? ""
        color: Theme.text
        font.pixelSize: Theme.bodySize
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
