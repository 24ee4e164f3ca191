import QtQuick
import Tutti

/// Beat, room or patch: which page the window shows.
Row {
    id: root

    required property OffersViewModel offers
    required property bool isInRoom
    required property bool isPatching
    signal beatAsked
    signal roomAsked
    signal patchAsked

    spacing: 2

    PageTab {
        text: qsTr("Beat")
        isHere: !root.isInRoom && !root.isPatching
        onClicked: root.beatAsked()
    }
    PageTab {
        objectName: "roomTab"
        text: qsTr("Room")
        spoken: root.offers.nearCount > 0 ? qsTr("Room, %n on this network", "", root.offers.nearCount) : text
        badge: root.offers.nearCount > 0 && !root.isInRoom ? root.offers.nearCount : ""
        isHere: root.isInRoom && !root.isPatching
        onClicked: root.roomAsked()
    }
    PageTab {
        objectName: "patchTab"
        text: qsTr("Patch")
        isHere: root.isPatching
        onClicked: root.patchAsked()
    }
}
