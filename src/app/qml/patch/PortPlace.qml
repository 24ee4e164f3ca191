import QtQuick
import Tutti

/// A port. Pressed by a screen reader it begins a cable, or ends it.
Item {
    id: root

    required property var modelData
    required property int index
    required property CardViewModel card
    signal pressAsked
    required property PlaceBook book
    readonly property string place: modelData.place

    x: modelData.x - width / 2
    y: modelData.y - height / 2
    width: 20
    height: 20
    Accessible.role: Accessible.Button
    Accessible.name: card.portWords[2 * index] ?? ""
    Accessible.description: card.portWords[2 * index + 1] ?? ""
    Accessible.focusable: true
    Accessible.onPressAction: pressAsked()
    Component.onCompleted: book.keep(place, root)
    Component.onDestruction: book?.forget(place, root)
}
