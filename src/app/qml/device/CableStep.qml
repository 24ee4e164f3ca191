import QtQuick
import QtQuick.Layouts
import Tutti

/// For those who have a cable at hand: how long sound really takes through the device.
ColumnLayout {
    id: root

    required property CableViewModel cable

    spacing: Theme.small

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        Caption {
            text: qsTr("Exact delays: connect output 1 to input 1 with an audio cable.")
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "measureCable"
            text: root.cable.isMeasuring ? qsTr("Measuring…") : qsTr("Measure")
            spoken: root.cable.isMeasuring ? text : qsTr("Measure with an audio cable")
            enabled: !root.cable.isMeasuring
            tip: qsTr("Plays four short sweeps: take your headphones off")
            implicitHeight: Theme.px(28)
            font.pixelSize: Theme.captionSize
            onClicked: root.cable.measure()
        }
    }
    Remark {
        text: root.cable.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    Remark {
        text: root.cable.result
        Layout.fillWidth: true
    }
}
