import QtQuick
import QtQuick.Templates as T
import Tutti

/// A small key that stays down: filled when it is on, so that shape tells before colour does.
T.AbstractButton {
    id: key

    required property string spoken
    property string iconName
    property string tip: spoken
    property bool isAlarm: false
    property bool isOn: false // shown, not toggled by itself: the view-model decides

    readonly property color fill: isAlarm ? Theme.alarm : Theme.accent
    readonly property color ink: isOn ? (isAlarm ? Theme.background : Theme.accentInk) : enabled ? Theme.text : Theme.disabled

    checkable: true
    checked: isOn
    implicitWidth: Math.max(implicitHeight, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Theme.px(24)
    leftPadding: text === "" ? 0 : Theme.tiny
    rightPadding: leftPadding
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    font.pixelSize: Theme.captionSize
    font.weight: Font.DemiBold
    Accessible.name: spoken
    Keys.onReturnPressed: key.clicked()
    Keys.onEnterPressed: key.clicked()

    contentItem: Item {
        implicitWidth: children[0].implicitWidth
        implicitHeight: children[0].implicitHeight

        Row {
            anchors.centerIn: parent
            spacing: Theme.tiny

            Icon {
                visible: key.iconName !== ""
                name: key.iconName
                color: key.ink
                width: Theme.px(15)
                height: width
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                visible: key.text !== ""
                text: key.text
                color: key.ink
                font: key.font
                textFormat: Text.PlainText
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Rectangle {
        radius: Theme.px(5)
        color: key.isOn ? key.fill : key.down ? Theme.raisedPressed : key.hovered ? Theme.raisedHover : Theme.raised
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
