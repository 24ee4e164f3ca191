import QtQuick
import Tutti

/// What just changed and who did it.
Rectangle {
    id: root

    required property NewsViewModel news

    implicitHeight: Theme.px(36)
    color: Theme.surface
    Accessible.role: Accessible.StatusBar
    Accessible.name: news.line

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }
    Text {
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        verticalAlignment: Text.AlignVCenter
        text: root.news.line
        color: Theme.muted
        font.pixelSize: Theme.bodySize
        textFormat: Text.PlainText
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
