import QtQuick
import QtQuick.Layouts
import Tutti

/// The wheel and, beside it, what a musician reaches for. Scrolls where it does not fit.
ScrollArea {
    id: root

    required property Stage stage
    margin: height < Theme.px(360) ? Theme.medium : Theme.huge
    readonly property int gap: width < Theme.px(640) ? Theme.huge : Theme.px(32)
    readonly property real besideControls: width - controls.implicitWidth - 2 * margin - gap
    readonly property real wheelSize: Math.max(Theme.px(160), Math.min(height - 2 * margin, besideControls, Theme.px(620)))

    contentHeight: Math.max(height, controls.implicitHeight + 2 * margin)

    Item {
        width: root.contentWidth
        height: root.contentHeight

        BeatDial {
            id: dial
            objectName: "beatDial"
            transport: root.stage.transport
            width: root.wheelSize
            height: root.wheelSize
            anchors.verticalCenter: parent.verticalCenter
            x: Math.round((parent.width - width - root.gap - controls.width) / 2)
        }
        ColumnLayout {
            id: controls

            readonly property bool isDense: root.height < Theme.px(400)

            anchors.left: dial.right
            anchors.leftMargin: root.gap
            anchors.verticalCenter: parent.verticalCenter
            spacing: isDense ? Theme.medium : Theme.vast

            TempoPanel {
                tempo: root.stage.tempo
                numberSize: controls.isDense ? Theme.px(48) : Theme.px(Math.max(64, Math.min(104, root.width * 0.095)))
                Layout.fillWidth: true
            }
            QuantumStepper {
                transport: root.stage.transport
                isDense: controls.isDense
                Layout.fillWidth: true
            }
            TransportButtons {
                stage: root.stage
                isDense: controls.isDense
                Layout.fillWidth: true
            }
        }
    }
}
