import QtQuick

/// What a pointer does to a number: drag and scroll are steps, a click is a wish to type.
Item {
    id: root

    readonly property bool isDragging: drag.active
    signal stepped(steps: int, modifiers: int)
    signal editAsked

    readonly property int pixelsPerStep: 4
    readonly property int anglePerStep: 120 // one notch of a wheel; touchpads send less, more often
    property real dragged: 0
    property real scrolled: 0

    function whole(amount: real): int {
        return amount < 0 ? Math.ceil(amount) : Math.floor(amount);
    }

    TapHandler {
        onTapped: root.editAsked()
    }
    DragHandler {
        id: drag
        target: null
        xAxis.enabled: false
        onActiveChanged: root.dragged = 0
        onActiveTranslationChanged: {
            const steps = root.whole((-activeTranslation.y - root.dragged) / root.pixelsPerStep);
            if (steps === 0)
                return;
            root.dragged += steps * root.pixelsPerStep;
            root.stepped(steps, centroid.modifiers);
        }
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => {
            // Some desktops turn Shift and a wheel into sideways scrolling.
            root.scrolled += event.angleDelta.y !== 0 ? event.angleDelta.y : event.angleDelta.x;
            const steps = root.whole(root.scrolled / root.anglePerStep);
            root.scrolled -= steps * root.anglePerStep;
            if (steps !== 0)
                root.stepped(steps, event.modifiers);
        }
    }
}
