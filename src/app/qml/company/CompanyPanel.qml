import QtQuick
import QtQuick.Layouts
import Tutti

/// Who plays along, and how tightly.
Rectangle {
    id: root

    required property Stage stage

    implicitWidth: Theme.panelWidth
    color: Theme.surface

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true
            Layout.margins: Theme.large
            Layout.bottomMargin: Theme.small

            Text {
                text: qsTr("Peers")
                color: Theme.text
                font.pixelSize: Theme.titleSize
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Caption {
                visible: root.stage.link.isEnabled
                text: qsTr("Session %1").arg(root.stage.link.sessionText)
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
            }
        }
        PeerList {
            stage: root.stage
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        SyncPanel {
            sync: root.stage.sync
            Layout.fillWidth: true
        }
    }
}
