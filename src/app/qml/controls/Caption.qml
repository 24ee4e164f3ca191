import QtQuick
import Tutti

/// Small, quiet letters: what a number means, what a figure rests on.
Text {
    color: Theme.muted
    font.pixelSize: Theme.captionSize
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
