import QtQuick
import Tutti

/// Nothing there: why, and what helps.
Column {
    id: root

    property string iconName
    property string title
    property string advice

    spacing: Theme.small
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1. %2").arg(title).arg(advice)
    Accessible.ignored: !visible

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: root.iconName
        color: Theme.outline
        width: Theme.px(36)
        height: width
    }
    Text {
        width: parent.width
        topPadding: Theme.tiny
        text: root.title
        color: Theme.text
        font.pixelSize: Theme.bodySize
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
    Text {
        width: parent.width
        text: root.advice
        color: Theme.muted
        font.pixelSize: Theme.bodySize
        lineHeight: 1.2
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
