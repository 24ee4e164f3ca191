import QtQuick
import Tutti

/// Beat or room: which page the window shows.
Row {
    id: root

    required property OffersViewModel offers
    required property bool isInRoom
    signal turned

    spacing: 2

    PageTab {
        text: qsTr("Beat")
        isHere: !root.isInRoom
        onClicked: root.turned()
    }
    PageTab {
        objectName: "roomTab"
        text: qsTr("Room")
        spoken: root.offers.nearCount > 0 ? qsTr("Room, %n on this network", "", root.offers.nearCount) : text
        badge: root.offers.nearCount > 0 && !root.isInRoom ? root.offers.nearCount : ""
        isHere: root.isInRoom
        onClicked: root.turned()
    }
}
