import QtQuick
import QtQuick.Layouts
import Tutti

/// Who plays along, and how tightly.
Rectangle {
    id: root

    required property Stage stage

    readonly property bool isPage: width >= Theme.panelWidth * 1.8

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

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.margins: Theme.large
            Layout.bottomMargin: Theme.small

            Text {
                text: qsTr("Link programs")
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
                Layout.fillWidth: true
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            PeerList {
                stage: root.stage
                width: root.isPage ? parent.width - sync.width : parent.width
                height: root.isPage ? parent.height : parent.height - sync.height
            }
            SyncPanel {
                id: sync
                sync: root.stage.sync
                isBeside: root.isPage
                x: parent.width - width
                y: root.isPage ? 0 : parent.height - height
                width: !visible ? 0 : root.isPage ? Theme.panelWidth : parent.width
                height: visible ? implicitHeight : 0
            }
        }
    }
}
