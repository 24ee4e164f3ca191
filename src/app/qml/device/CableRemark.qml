import QtQuick
import Tutti

/// What helps most, for whoever is on Wi-Fi.
Remark {
    required property DeviceViewModel device

    text: device.isWireless ? qsTr("You are on Wi-Fi: a network cable makes it tighter.") : ""
    iconName: "info"
}
