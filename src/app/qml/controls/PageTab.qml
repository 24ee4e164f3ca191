import QtQuick
import QtQuick.Templates as T
import Tutti

/// The way to a page; underlined while it is the one that is shown.
T.TabButton {
    id: tab

    required property bool isHere
    property string spoken: text
    property string badge

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    enabled: !isHere
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    font.pixelSize: Theme.bodySize
    font.weight: Font.DemiBold
    checked: isHere
    Accessible.name: spoken
    Keys.onReturnPressed: tab.clicked()
    Keys.onEnterPressed: tab.clicked()

    contentItem: Row {
        spacing: Theme.tiny

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: tab.text
            color: tab.isHere ? Theme.text : Theme.muted
            font: tab.font
            textFormat: Text.PlainText
        }
        Rectangle {
            visible: tab.badge !== ""
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(height, children[0].implicitWidth + Theme.small)
            height: Theme.px(18)
            radius: height / 2
            color: Theme.accent

            Text {
                anchors.centerIn: parent
                text: tab.badge
                color: Theme.accentInk
                font.pixelSize: Theme.px(11)
                font.weight: Font.Bold
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: tab.hovered && !tab.isHere ? Theme.raisedHover : "transparent"

        Rectangle {
            visible: tab.isHere
            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width - tab.leftPadding - tab.rightPadding
            height: Theme.px(3)
            radius: height / 2
            color: Theme.accent
        }
        FocusRing {
            isShown: tab.visualFocus
            gap: 1
        }
    }
}
