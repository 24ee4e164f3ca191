import QtQuick
import QtQuick.Layouts
import Tutti

/// Audio channels of the Link session: those of other programs, and ours.
ScrollPage {
    id: root

    required property ChannelsViewModel channels

    spacing: Theme.medium
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Channels")

    ToggleSwitch {
        id: use
        objectName: "linkAudio"
        text: qsTr("Link Audio")
        font.weight: Font.DemiBold
        tip: qsTr("Hear the channels of the Link programs on this network, and let them hear yours")
        checked: root.channels.isOn
        onToggled: root.channels.turn(checked)
    }
    Remark {
        text: root.channels.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    EmptyPlace {
        visible: root.channels.count === 0
        iconName: "info"
        title: root.channels.isOn ? qsTr("Nobody publishes a channel") : qsTr("Link Audio is off")
        advice: root.channels.isOn ? qsTr("A Link program that publishes audio, such as Live or another Tutti, appears here by itself.") : qsTr("Switched on, it shows the audio channels of the Link programs on this network.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
        Layout.bottomMargin: Theme.small
    }
    ChannelList {
        channels: root.channels
        visible: root.channels.count > 0
        Layout.fillWidth: true
    }
    Caption {
        visible: root.channels.isOn && root.channels.count > 0 && !root.channels.isBridged
        text: qsTr("In a room whose Link is bridged, the other sites can have these channels, too.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Rectangle {
        color: Theme.line
        Layout.preferredHeight: 1
        Layout.fillWidth: true
    }
    PublishedList {
        channels: root.channels
        Layout.fillWidth: true
    }
    Connections {
        target: root.channels

        function onChanged() {
            use.checked = root.channels.isOn; // a hand has broken the binding
        }
    }
}
