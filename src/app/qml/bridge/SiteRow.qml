import QtQuick
import QtQuick.Layouts
import Tutti

/// One site: who it is, how many programs it has, the way to it, and how well its clock is known.
ColumnLayout {
    id: root

    required property string name
    required property string peers
    required property string way
    required property string clock
    required property string remark
    required property string spoken

    spacing: 2
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        Text {
            text: root.name
            color: Theme.text
            font.pixelSize: Theme.bodySize
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Caption {
            text: root.peers
            Accessible.ignored: true
        }
    }
    Repeater {
        model: [root.way, root.clock, root.remark]

        Caption {
            required property string modelData

            visible: text !== ""
            text: modelData
            wrapMode: Text.Wrap
            Accessible.ignored: true
            Layout.fillWidth: true
        }
    }
}
