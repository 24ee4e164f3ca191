import QtQml
import QtQuick

/// Which item is where on the canvas.
QtObject {
    id: root

    property var items: ({}) // by place

    function keep(place: string, item: Item) {
        items[place] = item;
    }

    function forget(place: string, item: Item) {
        if (items[place] === item)
            delete items[place];
    }

    function lead(place: string) {
        items[place]?.forceActiveFocus(Qt.TabFocusReason);
    }
}
