import QtQuick
import Tutti

/// What the lines below are about.
Text {
    color: Theme.text
    font.pixelSize: Theme.bodySize
    font.weight: Font.DemiBold
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
