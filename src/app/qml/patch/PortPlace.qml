import QtQuick
import Tutti

/// A port. Pressed by a screen reader it begins a cable, or ends it.
Item {
    id: root

    required property var modelData
    required property PatchPlaces places
    readonly property string place: modelData.place

    x: modelData.x - width / 2
    y: modelData.y - height / 2
    width: 20
    height: 20
    Accessible.role: Accessible.Button
    Accessible.name: modelData.spoken
    Accessible.description: modelData.about
    Accessible.focusable: true
    Accessible.onPressAction: {
        const focus = places.patch.focus;
        focus.visit(place, true);
        focus.press(focus.isPulling ? Qt.Key_Return : Qt.Key_C, Qt.NoModifier);
    }
    Component.onCompleted: places.keep(place, root)
    Component.onDestruction: places?.forget(place, root)
}
