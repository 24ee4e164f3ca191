pragma ComponentBehavior: Bound

import QtQuick
import Tutti

/// A card: its ports, and its strip's fader and mute.
Item {
    id: root

    required property CardViewModel thing
    required property PlaceBook book
    signal portPressed(place: string)
    readonly property string place: thing.place

    x: thing.box.x
    y: thing.box.y
    width: thing.box.width
    height: thing.box.height
    activeFocusOnTab: true
    Accessible.role: Accessible.Grouping
    Accessible.name: thing.spoken
    Accessible.description: thing.about
    Accessible.focusable: true
    Component.onCompleted: book.keep(place, root)
    Component.onDestruction: book?.forget(place, root)

    Repeater {
        model: root.thing.strip !== null ? 1 : 0

        StripHands {
            strip: root.thing.strip
            place: root.place
        }
    }
    Repeater {
        model: root.thing.ports

        PortPlace {
            book: root.book
            card: root.thing
            onPressAsked: root.portPressed(place)
        }
    }
}
