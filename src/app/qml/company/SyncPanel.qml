import QtQuick
import QtQuick.Layouts
import Tutti

/// The sync-quality plot with its verdict in words.
Item {
    id: root

    required property SyncViewModel sync
    property bool isBeside: false

    visible: sync.verdict !== ""
    implicitHeight: column.implicitHeight + 2 * Theme.large

    Rectangle {
        visible: !root.isBeside
        width: parent.width
        height: 1
        color: Theme.line
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.large
        anchors.topMargin: root.isBeside ? Theme.small : Theme.large
        spacing: Theme.small

        Text {
            text: root.sync.verdict
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
            id: plot
            sync: root.sync
            visible: root.sync.hasPoints
            lineColor: Theme.outline
            dotColor: Theme.accent
            spreadColor: Theme.played
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.px(88)
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Sync quality")
            Accessible.description: root.sync.verdict
        }
        RowLayout {
            visible: root.sync.hasPoints
            Layout.fillWidth: true

            Caption {
                text: root.sync.spanText
                Layout.fillWidth: true
            }
            Caption {
                text: root.sync.scaleText
            }
        }
        Caption {
            visible: text !== ""
            text: root.sync.detail
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
    }
}
