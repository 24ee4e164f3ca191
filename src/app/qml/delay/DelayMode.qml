import QtQuick
import QtQuick.Layouts
import Tutti

/// As short as is safe, or a fixed time that stays whatever the network does.
ColumnLayout {
    id: root

    required property DelayModeViewModel mode
    required property string playerName

    spacing: Theme.tiny

    ToggleSwitch {
        objectName: "steady"
        text: qsTr("Steady delay")
        tip: qsTr("A fixed time instead of the shortest")
        Accessible.name: qsTr("Steady delay for %1").arg(root.playerName)
        checked: root.mode.isSteady
        onToggled: root.mode.toggle()
    }
    RowLayout {
        visible: root.mode.isSteady
        spacing: Theme.tiny
        Layout.fillWidth: true

        StepButton {
            iconName: "minus"
            enabled: root.mode.milliseconds > root.mode.shortest
            spoken: qsTr("Shorter delay for %1").arg(root.playerName)
            onClicked: root.mode.step(-1)
        }
        Text {
            text: qsTr("%1 ms").arg(root.mode.milliseconds)
            color: Theme.text
            font.pixelSize: Theme.bodySize
            textFormat: Text.PlainText
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Steady at %1 ms").arg(root.mode.milliseconds)
            Layout.fillWidth: true
        }
        StepButton {
            iconName: "plus"
            enabled: root.mode.milliseconds < root.mode.longest
            spoken: qsTr("Longer delay for %1").arg(root.playerName)
            onClicked: root.mode.step(1)
        }
    }
    Remark {
        text: root.mode.isTooShort ? qsTr("The way takes longer than that: choose more.") : ""
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
}
