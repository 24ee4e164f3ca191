import QtQuick
import QtQuick.Layouts
import Tutti

/// What a player's delay was chosen to be, less or more of it in steps.
RowLayout {
    id: root

    required property string text
    required property string spoken
    required property string spokenLess
    required property string spokenMore
    property bool canLess: true
    property bool canMore: true
    signal stepped(int steps)

    spacing: Theme.tiny

    StepButton {
        iconName: "minus"
        enabled: root.canLess
        spoken: root.spokenLess
        onClicked: root.stepped(-1)
    }
    Text {
        text: root.text
        color: Theme.text
        font.pixelSize: Theme.bodySize
        textFormat: Text.PlainText
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: Accessible.StaticText
        Accessible.name: root.spoken
        Layout.fillWidth: true
    }
    StepButton {
        iconName: "plus"
        enabled: root.canMore
        spoken: root.spokenMore
        onClicked: root.stepped(1)
    }
}
