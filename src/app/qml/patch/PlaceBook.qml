import QtQml
import QtQuick

/// Which item is where on the canvas.
QtObject {
    id: root

    property var items: new Map() // by place; a plain object would be copied when Qt 6.4 compiles this

    function keep(place: string, item: Item) {
        items.set(place, item);
    }

    function forget(place: string, item: Item) {
        if (items.get(place) === item)
            items.delete(place);
    }

    function lead(place: string) {
        items.get(place)?.forceActiveFocus(Qt.TabFocusReason);
    }
}
