import QtQuick
import Tutti

/// Around whatever the keyboard would press now.
Rectangle {
    required property bool isShown
    property int gap: 3

    anchors.fill: parent
    anchors.margins: -gap
    color: "transparent"
    border.color: Theme.text
    border.width: Theme.focusWidth
    radius: Theme.radius + gap
    visible: isShown
}
