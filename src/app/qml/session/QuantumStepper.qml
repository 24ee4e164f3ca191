import QtQuick
import QtQuick.Layouts
import Tutti

/// How many beats make one turn of the wheel.
ColumnLayout {
    id: root

    required property TransportViewModel transport
    property bool isDense: false

    spacing: Theme.small

    Caption {
        visible: !root.isDense
        text: qsTr("Quantum")
    }
    RowLayout {
        spacing: Theme.tiny
        Layout.fillWidth: true

        StepButton {
            iconName: "minus"
            enabled: root.transport.quantum > root.transport.shortestQuantum
            spoken: qsTr("Shorter quantum")
            tip: qsTr("Shorter quantum (R)")
            onClicked: root.transport.stepQuantum(-1)
        }
        Text {
            text: root.isDense ? qsTr("Quantum: %1").arg(root.transport.quantumPhrase) : root.transport.quantumPhrase
            color: Theme.text
            font.pixelSize: root.isDense ? Theme.bodySize : Theme.titleSize
            textFormat: Text.PlainText
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Quantum: %1").arg(root.transport.quantumPhrase)
        }
        StepButton {
            objectName: "longerQuantum"
            iconName: "plus"
            enabled: root.transport.quantum < root.transport.longestQuantum
            spoken: qsTr("Longer quantum")
            tip: qsTr("Longer quantum (T)")
            onClicked: root.transport.stepQuantum(1)
        }
    }
}
