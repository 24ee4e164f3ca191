import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tutti

/// One player's delay: the bar of its parts; opened, what they are, how steady the packets come, and the intent.
ColumnLayout {
    id: root

    required property PlayerViewModel player
    required property real longest
    required property bool isOpen
    readonly property DelayViewModel delay: player.delay
    signal toggled

    spacing: Theme.tiny

    T.AbstractButton {
        id: header

        implicitHeight: Theme.px(28)
        focusPolicy: Qt.TabFocus
        hoverEnabled: true
        Accessible.name: root.player.spokenState
        Accessible.description: root.isOpen ? qsTr("Shows its parts") : qsTr("Show its parts")
        Keys.onReturnPressed: root.toggled()
        Keys.onEnterPressed: root.toggled()
        onClicked: root.toggled()
        Layout.fillWidth: true

        contentItem: RowLayout {
            spacing: Theme.small

            Rectangle {
                color: Theme.player(Math.max(0, root.player.strip.colour))
                radius: width / 2
                Layout.preferredWidth: Theme.px(10)
                Layout.preferredHeight: Theme.px(10)
            }
            Text {
                text: root.player.strip.name
                color: Theme.text
                font.pixelSize: Theme.bodySize
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                elide: Text.ElideRight
                Accessible.ignored: true
                Layout.fillWidth: true
            }
            LossLight {
                visible: root.player.isHeard
                player: root.player
            }
            Text {
                text: root.player.delayText
                color: root.player.isHeard ? Theme.text : Theme.muted
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
            Icon {
                name: "chevron"
                color: Theme.muted
                rotation: root.isOpen ? 180 : 0
                Layout.preferredWidth: Theme.px(16)
                Layout.preferredHeight: Theme.px(16)
            }
        }
        background: Rectangle {
            radius: Theme.px(5)
            color: header.hovered ? Theme.raised : "transparent"
            FocusRing {
                isShown: header.visualFocus
            }
        }
    }
    DelayBar {
        delay: root.delay
        longest: root.longest
        name: root.player.strip.name
        Layout.fillWidth: true
    }
    DelayDetails {
        visible: root.isOpen
        player: root.player
        Layout.fillWidth: true
        Layout.topMargin: Theme.tiny
        Layout.bottomMargin: Theme.small
    }
}
