import QtQuick
import Tutti

/// Where everything on the canvas is, for the keyboard and for screen readers. It shows nothing: that is the
/// canvas's.
Item {
    id: root

    required property PatchViewModel patch
    property var items: ({}) // place: item
    property bool isLeading: false
    readonly property Item focused: Window.activeFocusItem

    transformOrigin: Item.TopLeft
    onFocusedChanged: {
        const place = focused?.place; // qmllint disable missing-property
        patch.focus.visit(place ?? "", !isLeading);
    }

    function keep(place: string, item: Item) {
        items[place] = item;
    }

    function forget(place: string, item: Item) {
        if (items[place] === item)
            delete items[place];
    }

    Connections {
        target: root.patch.focus
        function onWent(place) {
            root.isLeading = true;
            root.items[place]?.forceActiveFocus(Qt.TabFocusReason);
            root.isLeading = false;
        }
    }
    Repeater {
        model: root.patch.groups

        GroupPlace {
            places: root
        }
    }
    Repeater {
        model: root.patch.cards

        CardPlace {
            places: root
        }
    }
    Repeater {
        model: root.patch.cables

        CablePlace {
            places: root
        }
    }
}
