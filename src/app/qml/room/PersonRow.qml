import QtQuick
import QtQuick.Layouts
import Tutti

/// Somebody in the room; what can be done about them stands at the right.
RowLayout {
    id: root

    required property StripViewModel strip
    property bool isUs: false
    property bool isHost: false
    default property alias actions: actions.data

    spacing: Theme.small
    Accessible.role: Accessible.ListItem
    Accessible.name: {
        const who = isUs ? qsTr("%1 (you)").arg(strip.name) : strip.name;
        const what = strip.instrument === "" ? who : qsTr("%1, %2").arg(who).arg(strip.instrument);
        return isHost ? qsTr("%1, host").arg(what) : what;
    }

    Rectangle {
        color: Theme.player(Math.max(0, root.strip.colour))
        radius: width / 2
        Layout.preferredWidth: Theme.px(10)
        Layout.preferredHeight: Theme.px(10)
    }
    Text {
        text: root.isUs ? qsTr("%1 (you)").arg(root.strip.name) : root.strip.name
        color: Theme.text
        font.pixelSize: Theme.bodySize
        textFormat: Text.PlainText
        elide: Text.ElideRight
        Accessible.ignored: true
        Layout.fillWidth: true
        Layout.maximumWidth: Math.ceil(implicitWidth)
    }
    Caption {
        text: !root.isHost ? root.strip.instrument : root.strip.instrument === "" ? qsTr("host") : qsTr("%1 · host").arg(root.strip.instrument)
        elide: Text.ElideRight
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    Row {
        id: actions
        spacing: Theme.tiny
    }
}
