import QtQuick
import Tutti

/// Rooms to join with a click.
Column {
    id: root

    required property OffersViewModel offers
    signal joinAsked(name: string, invitation: string, needsPassword: bool)
    signal forgetAsked(invitation: string)

    spacing: Theme.tiny
    visible: offers.count > 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Rooms")

    Repeater {
        model: root.offers

        OfferRow {
            id: row

            readonly property OfferList list: parent as OfferList

            width: list ? list.width : 0
            onJoinAsked: row.list.joinAsked(name, invitation, needsPassword)
            onForgetAsked: row.list.forgetAsked(invitation)
        }
    }
}
