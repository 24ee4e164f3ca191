import QtQuick
import QtQuick.Layouts
import Tutti

/// Low delay or safe: the one thing about delay that a musician decides.
ColumnLayout {
    id: root

    required property DelayViewModel delay
    required property string playerName

    spacing: Theme.tiny

    HandSlider {
        id: slider
        objectName: "intent"
        isHorizontal: true
        name: qsTr("Low delay or safe for %1").arg(root.playerName)
        valueText: qsTr("%1 % safe").arg(Math.round(root.delay.intent * 100))
        position: root.delay.intent
        help: qsTr("Drag or scroll, finer with Shift; double-click for the middle")
        implicitHeight: Theme.px(22)
        onPositionWanted: position => root.delay.askIntent(position)
        onStepsWanted: steps => root.delay.askIntent(root.delay.intent + steps * 0.1)
        onResetWanted: root.delay.askIntent(0.5)
        Layout.fillWidth: true

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: Theme.px(4)
            radius: height / 2
            color: Theme.track
        }
        Rectangle {
            anchors.centerIn: parent
            width: 1
            height: Theme.px(12)
            color: Theme.outline
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: Math.round((parent.width - width) * slider.position)
            width: Theme.px(16)
            height: width
            radius: width / 2
            color: slider.isHeld ? Theme.accent : slider.isHovered ? Theme.text : Theme.thumb
        }
    }
    RowLayout {
        Layout.fillWidth: true

        Caption {
            text: qsTr("Low delay")
            Layout.fillWidth: true
        }
        Caption {
            text: qsTr("Safe")
        }
    }
}
