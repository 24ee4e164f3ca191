import QtQuick
import Tutti

/// A cable, which to a screen reader is a slider: its gain.
Item {
    id: root

    required property ConnectionViewModel thing
    required property PlaceBook book
    readonly property string place: thing.place
    // Screen readers ask a slider for these.
    readonly property real value: Math.max(minimumValue, thing.gain)
    readonly property real minimumValue: DecibelScale.lowest
    readonly property real maximumValue: DecibelScale.highest
    readonly property real stepSize: 1

    x: thing.box.x
    y: thing.box.y
    width: Math.max(4, thing.box.width) // also of a cable that is quite straight, which else nobody would find
    height: Math.max(4, thing.box.height)
    Accessible.role: Accessible.Slider
    Accessible.name: thing.name
    Accessible.description: thing.about === "" ? thing.gainText : qsTr("%1. %2").arg(thing.gainText).arg(thing.about)
    Accessible.focusable: true
    Accessible.onIncreaseAction: thing.nudgeGain(1)
    Accessible.onDecreaseAction: thing.nudgeGain(-1)
    Component.onCompleted: book.keep(place, root)
    Component.onDestruction: book?.forget(place, root)
}
