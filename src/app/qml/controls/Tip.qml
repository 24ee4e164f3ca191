import QtQuick
import QtQuick.Templates as T
import Tutti

/// A word of help for the pointer that rests.
T.ToolTip {
    id: tip

    property bool isBelow: false

    delay: 700
    y: isBelow && parent ? parent.height + Theme.small : -height - Theme.small
    x: parent ? Math.round((parent.width - width) / 2) : 0
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    margins: Theme.small
    padding: Theme.small
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    contentItem: Text {
        text: tip.text
        color: Theme.text
        font.pixelSize: Theme.captionSize
        textFormat: Text.PlainText
    }
    background: Rectangle {
        color: Theme.raised
        radius: Theme.radius
        border.color: Theme.outline
    }
}
