import QtQuick
import QtQuick.Layouts
import Tutti

/// One peer: what it is called, where it was heard, and how far off its clock is.
Item {
    id: root

    required property string name
    required property string addresses
    required property string families
    required property bool isInOurSession
    required property string session
    required property string offset
    required property string age
    required property string spoken
    required property bool isCurrent

    implicitHeight: column.implicitHeight + 2 * Theme.medium
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.tiny
        radius: Theme.radius
        color: "transparent"
        border.width: Theme.focusWidth
        border.color: Theme.text
        visible: root.isCurrent
    }
    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.tiny

        RowLayout {
            spacing: Theme.small

            Text {
                text: root.name
                color: root.isInOurSession ? Theme.text : Theme.muted
                font.family: "monospace"
                font.pixelSize: Theme.bodySize
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                elide: Text.ElideRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Text {
                text: root.offset
                color: Theme.text
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
        RowLayout {
            spacing: Theme.small

            Caption {
                text: root.isInOurSession ? root.families : root.session
                elide: Text.ElideRight
                Accessible.ignored: true
                Layout.fillWidth: true
            }
            Caption {
                text: root.age === "" ? qsTr("not measured yet") : qsTr("measured %1").arg(root.age)
                Accessible.ignored: true
            }
        }
        Caption {
            text: root.addresses
            wrapMode: Text.Wrap
            Accessible.ignored: true
            Layout.fillWidth: true
        }
    }
}
