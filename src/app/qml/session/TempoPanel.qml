import QtQuick
import QtQuick.Layouts
import Tutti

/// The tempo, large, and the small steps around it.
ColumnLayout {
    id: root

    required property TempoViewModel tempo
    required property int numberSize

    spacing: Theme.small

    Caption {
        text: number.isEditing && root.tempo.complaint !== "" ? root.tempo.complaint : number.isEditing ? qsTr("Type a tempo, then Enter") : qsTr("Tempo")
        color: root.tempo.complaint !== "" ? Theme.alarm : Theme.muted
        Layout.fillWidth: true
    }
    TempoNumber {
        id: number
        objectName: "tempoNumber"
        tempo: root.tempo
        numberSize: root.numberSize
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.tiny
        Layout.fillWidth: true

        StepButton {
            text: qsTr("−1")
            isTipBelow: true
            spoken: qsTr("Slower by one")
            tip: qsTr("Slower by one (W)")
            onClicked: root.tempo.nudge(-1)
        }
        StepButton {
            text: qsTr("−0.1")
            isTipBelow: true
            spoken: qsTr("Slower by a tenth")
            onClicked: root.tempo.nudge(-0.1)
        }
        PushButton {
            text: qsTr("Tap")
            isTipBelow: true
            spoken: qsTr("Tap the tempo")
            tip: qsTr("Tap along: the tempo follows from the second tap on")
            onPressed: root.tempo.tap() // when the finger lands, not when it leaves
            Keys.onReturnPressed: root.tempo.tap()
            Keys.onEnterPressed: root.tempo.tap()
            Layout.fillWidth: true
        }
        StepButton {
            text: qsTr("+0.1")
            isTipBelow: true
            spoken: qsTr("Faster by a tenth")
            onClicked: root.tempo.nudge(0.1)
        }
        StepButton {
            text: qsTr("+1")
            isTipBelow: true
            spoken: qsTr("Faster by one")
            tip: qsTr("Faster by one (E)")
            onClicked: root.tempo.nudge(1)
        }
    }
}
