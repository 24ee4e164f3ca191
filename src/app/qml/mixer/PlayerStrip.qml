import QtQuick
import QtQuick.Layouts
import Tutti

/// Another player.
StripFrame {
    id: root

    required property PlayerViewModel player

    strip: player.strip

    RowLayout {
        spacing: Theme.tiny
        Layout.alignment: Qt.AlignHCenter
        Layout.fillWidth: false
        Layout.preferredHeight: root.keyHeight
        Accessible.role: Accessible.StaticText
        Accessible.name: root.player.spokenState

        LossLight {
            player: root.player
        }
        Text {
            text: root.player.delayText
            color: root.player.isHeard ? Theme.text : Theme.muted
            font.pixelSize: Theme.captionSize
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
