import QtQuick
import QtQuick.Layouts
import Tutti

/// How far apart the sites' beats were in the last two minutes, and how sure that is.
ColumnLayout {
    id: root

    required property BridgeViewModel bridge

    spacing: Theme.small

    RowLayout {
        visible: root.bridge.verdict !== ""
        spacing: Theme.small
        Layout.fillWidth: true

        Icon {
            objectName: "poorIcon"
            visible: root.bridge.isPoor
            name: "warning"
            color: Theme.alarm
            Layout.preferredWidth: Theme.px(18)
            Layout.preferredHeight: Theme.px(18)
            Layout.alignment: Qt.AlignTop
        }
        Text {
            objectName: "verdict"
            text: root.bridge.verdict
            color: root.bridge.isPoor ? Theme.alarm : Theme.text
            font.pixelSize: Theme.bodySize
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    SyncPlot {
        sync: root.bridge
        visible: root.bridge.hasPoints
        lineColor: Theme.outline
        dotColor: Theme.accent
        spreadColor: Theme.played
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.px(88)
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Distance of the beats")
        Accessible.description: root.bridge.verdict
    }
    RowLayout {
        visible: root.bridge.hasPoints
        Layout.fillWidth: true

        Caption {
            text: root.bridge.spanText
            Layout.fillWidth: true
        }
        Caption {
            text: root.bridge.scaleText
        }
    }
    Caption {
        visible: text !== ""
        text: root.bridge.detail
        wrapMode: Text.Wrap
        Layout.fillWidth: true

        HoverHandler {
            id: hover
        }
        Tip {
            visible: hover.hovered
            text: qsTr("Likely: nearly always. Proven: whatever the network does")
        }
    }
}
