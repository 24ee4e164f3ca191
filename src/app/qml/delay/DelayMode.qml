import QtQuick
import QtQuick.Layouts
import Tutti

/// As short as is safe; or a fixed time that stays whatever the network does; or beats of the session: one of
/// the three, and below it what belongs to it.
ColumnLayout {
    id: root

    required property DelayModeViewModel mode
    required property DelayViewModel delay
    required property string playerName

    spacing: Theme.small

    RowLayout {
        spacing: Theme.px(3)
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("How the delay of %1 is chosen").arg(root.playerName)
        Layout.fillWidth: true

        ChoiceKey {
            objectName: "short"
            text: qsTr("Short")
            spoken: qsTr("Short delay for %1").arg(root.playerName)
            tip: qsTr("As short as is safe")
            isOn: root.mode.isShort
            onClicked: root.mode.chooseShort()
            KeyNavigation.right: steady
            Layout.fillWidth: true
        }
        ChoiceKey {
            id: steady
            objectName: "steady"
            text: qsTr("Steady")
            spoken: qsTr("Steady delay for %1").arg(root.playerName)
            tip: qsTr("A fixed time instead of the shortest")
            isOn: root.mode.isSteady
            onClicked: root.mode.chooseSteady()
            KeyNavigation.right: inBeats
            Layout.fillWidth: true
        }
        ChoiceKey {
            id: inBeats
            objectName: "beats"
            text: qsTr("In beats")
            spoken: qsTr("Delay in beats for %1").arg(root.playerName)
            tip: qsTr("Heard on the beat, however far away")
            isOn: root.mode.isInBeats
            onClicked: root.mode.chooseBeats()
            Layout.fillWidth: true
        }
    }
    IntentSlider {
        visible: root.mode.isShort
        delay: root.delay
        playerName: root.playerName
        Layout.fillWidth: true
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
