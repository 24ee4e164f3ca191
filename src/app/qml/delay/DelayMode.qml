import QtQuick
import QtQuick.Layouts
import Tutti

/// As short as is safe; or a fixed time that stays whatever the network does; or beats of the session.
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
    DelaySteps {
        visible: root.mode.isSteady
        text: qsTr("%1 ms").arg(root.mode.milliseconds)
        spoken: qsTr("Steady at %1 ms").arg(root.mode.milliseconds)
        spokenLess: qsTr("Shorter delay for %1").arg(root.playerName)
        spokenMore: qsTr("Longer delay for %1").arg(root.playerName)
        canLess: root.mode.milliseconds > root.mode.shortest
        canMore: root.mode.milliseconds < root.mode.longest
        onStepped: steps => root.mode.step(steps)
        Layout.fillWidth: true
    }
    Remark {
        text: root.mode.isTooShort ? qsTr("The way takes longer than that: choose more.") : ""
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    ToggleSwitch {
        objectName: "beats"
        text: qsTr("Delay in beats")
        tip: qsTr("Heard on the beat, however far away")
        Accessible.name: qsTr("Delay in beats for %1").arg(root.playerName)
        checked: root.mode.isInBeats
        onToggled: root.mode.toggleBeats()
    }
    DelaySteps {
        visible: root.mode.isInBeats
        text: qsTr("%n beat(s)", "", root.mode.beats)
        spoken: qsTr("Heard %n beat(s) later", "", root.mode.beats)
        spokenLess: qsTr("Fewer beats for %1").arg(root.playerName)
        spokenMore: qsTr("More beats for %1").arg(root.playerName)
        canLess: root.mode.beats > 1
        canMore: root.mode.beats < root.mode.mostBeats
        onStepped: steps => root.mode.stepBeats(steps)
        Layout.fillWidth: true
    }
    Remark {
        text: root.mode.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
}
