import QtQuick
import QtQuick.Templates as T
import Tutti

/// One of a few keys in a row, of which one is chosen: that one is filled.
T.RadioButton {
    id: key

    required property string spoken
    property string tip
    property bool isOn: false // shown, not chosen by itself: the view-model decides

    autoExclusive: false
    checked: isOn
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.px(28)
    leftPadding: Theme.small
    rightPadding: Theme.small
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    Accessible.name: spoken
    Accessible.description: tip
    Keys.onReturnPressed: key.clicked()
    Keys.onEnterPressed: key.clicked()
    onClicked: checked = Qt.binding(() => key.isOn) // a click breaks it

    contentItem: Text {
        text: key.text
        color: key.isOn ? Theme.accentInk : key.enabled ? Theme.text : Theme.disabled
        font: key.font
        textFormat: Text.PlainText
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    background: Rectangle {
        radius: Theme.px(5)
        color: key.isOn ? Theme.accent : key.down ? Theme.raisedPressed : key.hovered ? Theme.raisedHover : Theme.raised
        FocusRing {
            isShown: key.visualFocus
            gap: 2
        }
    }

    Tip {
        visible: key.hovered && key.tip !== ""
        text: key.tip
    }
}
