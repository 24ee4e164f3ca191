import QtQuick
import Tutti

/// A group, by its label.
Item {
    id: root

    required property GroupViewModel thing
    required property PlaceBook book
    readonly property string place: thing.place

    x: thing.label.x
    y: thing.label.y
    width: thing.label.width
    height: thing.label.height
    activeFocusOnTab: true
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Group %1").arg(thing.name)
    Accessible.description: thing.about
    Accessible.focusable: true
    Component.onCompleted: book.keep(place, root)
    Component.onDestruction: book?.forget(place, root)
}
