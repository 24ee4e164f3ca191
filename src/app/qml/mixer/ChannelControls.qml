import QtQuick
import QtQuick.Layouts
import Tutti

/// A channel from its keys down to its gain; with two meters if it stands for both channels of a strip.
ColumnLayout {
    id: root

    required property ChannelViewModel channel
    required property string name
    property LevelViewModel otherLevel: null
    property bool hasKeys: true
    property bool hasPan: true
    readonly property bool isSilent: channel.isMuted || channel.isSilenced

    spacing: Theme.tiny

    function take() {
        fader.forceActiveFocus(Qt.TabFocusReason);
    }

    RowLayout {
        visible: root.hasKeys
        spacing: Theme.px(3)
        Layout.alignment: Qt.AlignHCenter

        ToggleKey {
            text: qsTr("M", "mute key")
            spoken: qsTr("Mute %1").arg(root.name)
            isOn: root.channel.isMuted
            onClicked: root.channel.toggleMute()
        }
        ToggleKey {
            text: qsTr("S", "solo key")
            spoken: qsTr("Solo %1").arg(root.name)
            isOn: root.channel.isSoloed
            onClicked: root.channel.toggleSolo()
        }
        ToggleKey {
            text: "Ø"
            spoken: qsTr("Invert the phase of %1").arg(root.name)
            isOn: root.channel.isInverted
            onClicked: root.channel.toggleInvert()
        }
    }
    PanSlider {
        opacity: root.hasPan ? 1 : 0 // its place stays: faders stand in line
        enabled: root.hasPan
        activeFocusOnTab: root.hasPan
        Accessible.ignored: !root.hasPan
        channel: root.channel
        name: qsTr("Pan of %1").arg(root.name)
        Layout.fillWidth: true
        Layout.leftMargin: Theme.tiny
        Layout.rightMargin: Theme.tiny
    }
    Caption {
        opacity: root.hasPan ? 1 : 0
        text: root.channel.panText
        font.pixelSize: Theme.px(11)
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    HighestLevel {
        level: root.channel.level
        otherLevel: root.otherLevel ?? root.channel.level
        name: root.name
        Layout.alignment: Qt.AlignHCenter
    }
    RowLayout {
        spacing: Theme.tiny
        Layout.alignment: Qt.AlignHCenter
        Layout.fillHeight: true
        Layout.topMargin: Theme.tiny
        Layout.bottomMargin: Theme.tiny

        DecibelMarks {
            Layout.fillHeight: true
        }
        Fader {
            id: fader
            channel: root.channel
            name: qsTr("Gain of %1").arg(root.name)
            isDimmed: root.isSilent
            Layout.fillHeight: true
        }
        RowLayout {
            spacing: 2
            opacity: root.isSilent ? 0.4 : 1

            LevelMeter {
                level: root.channel.level
                name: qsTr("Level of %1").arg(root.name)
                Layout.fillHeight: true
            }
            LevelMeter {
                visible: root.otherLevel !== null
                level: root.otherLevel ?? root.channel.level
                name: qsTr("Level of %1, second channel").arg(root.name)
                Layout.fillHeight: true
            }
        }
    }
    Text {
        text: root.channel.gainText
        color: Theme.text
        font.pixelSize: Theme.captionSize
        textFormat: Text.PlainText
        Accessible.ignored: true
        Layout.alignment: Qt.AlignHCenter
    }
}
