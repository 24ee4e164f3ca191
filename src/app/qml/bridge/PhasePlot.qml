import QtQuick
import QtQuick.Layouts
import Tutti

/// How far apart the sites' beats were in the last two minutes, and how sure that is.
ColumnLayout {
    id: root

    required property BridgeViewModel bridge

    spacing: Theme.small

    Text {
        visible: text !== ""
        text: root.bridge.verdict
        color: Theme.text
        font.pixelSize: Theme.bodySize
        font.weight: Font.DemiBold
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
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
    }
}
