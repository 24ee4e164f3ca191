import QtQuick
import Tutti

/// Nobody there: why, and what helps.
Column {
    id: root

    required property bool isEnabled
    readonly property string title: isEnabled ? qsTr("No other Link programs yet") : qsTr("Link is off")
    readonly property string advice: isEnabled ? qsTr("Start one on this network, and it appears here by itself.") : qsTr("Switch it on to play with the Link programs on this network.")

    spacing: Theme.small
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1. %2").arg(title).arg(advice)
    Accessible.ignored: !visible

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: "peers"
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
