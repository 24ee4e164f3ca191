import QtQuick
import QtQuick.Layouts
import Tutti

/// Where the delay of each player comes from, and the one control that trades it against safety.
ScrollPage {
    id: root

    required property PlayersViewModel players

    EmptyPlace {
        visible: root.players.count === 0
        iconName: "peers"
        title: qsTr("Nobody to hear yet")
        advice: qsTr("The delay to each player, and what it is made of, is shown here.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.huge
    }
    DelayCards {
        objectName: "delayCards"
        players: root.players
        Layout.fillWidth: true
    }
}
