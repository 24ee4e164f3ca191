import QtQuick
import QtQuick.Layouts
import Tutti

/// A card for each player, one of them open.
ColumnLayout {
    id: root

    required property PlayersViewModel players
    property int opened: 0

    spacing: Theme.medium

    Repeater {
        model: root.players

        DelayCard {
            id: card

            required property int index
            readonly property DelayCards cards: parent as DelayCards

            longest: cards ? cards.players.longestDelay : 1
            isOpen: cards ? index === cards.opened : false
            onToggled: card.cards.opened = isOpen ? -1 : index
            Layout.fillWidth: true
        }
    }
}
