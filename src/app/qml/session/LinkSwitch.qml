import QtQuick
import QtQuick.Layouts
import Tutti

/// Link on or off, and how many play along.
RowLayout {
    id: root

    required property LinkViewModel link

    spacing: Theme.medium

    ToggleSwitch {
        text: qsTr("Link")
        font.weight: Font.DemiBold
        font.pixelSize: Theme.titleSize
        tip: qsTr("Share tempo, beat and start/stop with the Link programs on this network (A)")
        isTipBelow: true
        checked: root.link.isEnabled
        onToggled: root.link.toggleEnabled()
    }
    Text {
        text: root.link.peersText
        color: root.link.isEnabled && root.link.peerCount > 0 ? Theme.accent : Theme.muted
        font.pixelSize: Theme.titleSize
        textFormat: Text.PlainText
        elide: Text.ElideRight
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
