import QtQuick
import QtQuick.Templates as T
import Tutti

/// On or off: told by position and shape, and only then by colour.
T.Switch {
    id: control

    property string tip
    property bool isTipBelow: false

    function activate() {
        toggle();
        toggled();
    }

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight)
    leftPadding: Theme.px(40) + spacing
    spacing: text === "" ? 0 : Theme.medium
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    Accessible.name: text
    Accessible.description: tip
    Keys.onReturnPressed: control.activate()
    Keys.onEnterPressed: control.activate()

    indicator: Rectangle {
        width: Theme.px(40)
        height: Theme.px(22)
        y: Math.round((control.height - height) / 2)
        radius: height / 2
        color: control.checked ? Theme.accent : control.hovered ? Theme.raisedHover : Theme.raised
        border.color: control.checked ? Theme.accent : Theme.outline

        Rectangle {
            readonly property int rest: Theme.px(4)

            x: control.checked ? parent.width - width - rest : rest
            anchors.verticalCenter: parent.verticalCenter
            width: parent.height - 2 * rest
            height: width
            radius: height / 2
            color: control.checked ? Theme.accentInk : Theme.text
        }
        FocusRing {
            isShown: control.visualFocus
            radius: parent.radius + gap
        }
    }
    contentItem: Text {
        text: control.text
        color: control.enabled ? Theme.text : Theme.disabled
        font: control.font
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
    }

    Tip {
        visible: control.hovered && control.tip !== ""
        text: control.tip
        isBelow: control.isTipBelow
    }
}
