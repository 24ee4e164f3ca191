import QtQuick
import Tutti

/// Another member, whom a host may mute or send away.
PersonRow {
    id: root

    required property PlayerViewModel player
    property bool areWeHost: false

    strip: player.strip
    isHost: player.isHost

    ToggleKey {
        visible: root.areWeHost || root.player.isMutedByHost
        enabled: root.areWeHost
        iconName: "mute"
        spoken: qsTr("Mute %1 for everybody").arg(root.strip.name)
        isAlarm: true
        isOn: root.player.isMutedByHost
        onClicked: root.player.toggleMutedByHost()
    }
    ToggleKey {
        id: kick

        property bool isMeant: false

        visible: root.areWeHost
        iconName: isMeant ? "" : "kick"
        text: isMeant ? qsTr("Sure?") : ""
        spoken: isMeant ? qsTr("Really send %1 away").arg(root.strip.name) : qsTr("Send %1 away").arg(root.strip.name)
        isAlarm: true
        isOn: isMeant
        checkable: false
        onClicked: {
            if (isMeant)
                root.player.kick();
            isMeant = !isMeant;
        }
        onHoveredChanged: {
            if (!hovered && !activeFocus)
                isMeant = false;
        }
        onActiveFocusChanged: isMeant = false
    }
}
