import QtQuick
import QtQuick.Layouts
import Tutti

/// A server of streams: what it has, and whether its streams are cards of the patch.
ColumnLayout {
    id: root

    required property StreamsViewModel streams
    required property string name
    required property string about
    required property bool isWanted
    required property bool isConnected
    required property string problem

    spacing: 2
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: problem === "" ? about : problem

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
            Accessible.ignored: true
            Layout.fillWidth: true
        }
        ToggleSwitch {
            id: use
            checked: root.isWanted
            Accessible.name: qsTr("Use the streams of %1").arg(root.name)
            tip: checked ? qsTr("Its streams are cards of the patch") : qsTr("Bring its streams into the patch")
            onToggled: root.streams.use(root.name, checked)
        }
    }
    Caption {
        text: root.about
        wrapMode: Text.Wrap
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    Remark {
        text: root.isWanted && !root.isConnected ? root.problem : ""
        iconName: "warning"
        Layout.fillWidth: true
    }
    onIsWantedChanged: use.checked = isWanted // a hand has broken the binding
}
