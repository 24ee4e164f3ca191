import QtQuick
import QtQuick.Layouts
import Tutti

/// One figure of a delay, with the colour that it has in the bar.
RowLayout {
    id: root

    property string name
    property string figure
    property color swatch: "transparent"
    property bool isSum: false

    spacing: Theme.small
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2 ms").arg(name).arg(figure)

    Rectangle {
        color: root.swatch
        radius: 2
        Layout.preferredWidth: Theme.px(10)
        Layout.preferredHeight: Theme.px(10)
    }
    Caption {
        text: root.name
        color: root.isSum ? Theme.text : Theme.muted
        wrapMode: Text.Wrap
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    Caption {
        text: qsTr("%1 ms").arg(root.figure)
        color: Theme.text
        font.weight: root.isSum ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
}
