import QtQuick
import QtQuick.Templates as T
import Tutti

/// A button with an icon, words, or both. The one that matters most is primary.
T.Button {
    id: button

    property string iconName
    property bool isPrimary: false
    property bool isQuiet: false
    property bool isAlarm: false // a primary one that must not be forgotten
    property string tip
    property bool isTipBelow: false
    property string spoken: text
    readonly property color ink: !enabled ? Theme.disabled : isPrimary ? (isAlarm ? Theme.background : Theme.accentInk) : Theme.text

    implicitWidth: Math.max(implicitHeight, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Theme.controlHeight
    leftPadding: text === "" ? 0 : Theme.medium
    rightPadding: leftPadding
    focusPolicy: Qt.TabFocus // so that Space stays "play" after a click
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    Accessible.name: spoken
    Accessible.description: tip
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    contentItem: Item {
        implicitWidth: children[0].implicitWidth
        implicitHeight: children[0].implicitHeight

        Row {
            anchors.centerIn: parent
            spacing: Theme.small

            Icon {
                visible: button.iconName !== ""
                name: button.iconName
                color: button.isAlarm && !button.isPrimary && button.enabled ? Theme.alarm : button.ink
                width: Theme.px(18)
                height: width
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                visible: button.text !== ""
                text: button.text
                color: button.ink
                font: button.font
                textFormat: Text.PlainText
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: {
            if (button.isPrimary && button.isAlarm)
                return Theme.alarm;
            if (button.isPrimary && button.enabled)
                return button.down ? Theme.accentPressed : button.hovered ? Theme.accentHover : Theme.accent;
            if (button.down)
                return Theme.raisedPressed;
            if (button.hovered)
                return Theme.raisedHover;
            return button.isQuiet ? "transparent" : Theme.raised;
        }
        FocusRing {
            isShown: button.visualFocus
        }
    }

    Tip {
        visible: button.hovered && button.tip !== ""
        text: button.tip
        isBelow: button.isTipBelow
    }
}
