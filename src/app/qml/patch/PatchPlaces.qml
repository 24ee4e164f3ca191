pragma ComponentBehavior: Bound

import QtQuick
import Tutti

/// Where everything on the canvas is, for the keyboard and for screen readers. It shows nothing: that is the
/// canvas's.
Item {
    id: root

    required property PatchViewModel patch
    property bool isLeading: false
    readonly property Item focused: Window.activeFocusItem

    transformOrigin: Item.TopLeft
    onFocusedChanged: {
        const place = focused?.place;
        patch.focus.visit(place ?? "", !isLeading);
    }

    PlaceBook {
        id: places
    }
    Connections {
        target: root.patch.focus
        function onWent(place) {
            root.isLeading = true;
            places.lead(place);
            root.isLeading = false;
        }
    }
    Repeater {
        model: root.patch.groups

        GroupPlace {
            book: places
        }
    }
    Repeater {
        model: root.patch.cards

        CardPlace {
            book: places
            onPortPressed: place => {
                root.patch.focus.visit(place, true);
                root.patch.focus.press(root.patch.focus.isPulling ? Qt.Key_Return : Qt.Key_C, Qt.NoModifier);
            }
        }
    }
    Repeater {
        model: root.patch.cables

        CablePlace {
            book: places
        }
    }
}
