import QtQuick

/// What a pointer does to a value that is made for hands: drag, scroll, click, double-click.
///
/// Up and right are more. A wheel's and a touchpad's turns add up to whole notches.
Item {
    id: root

    property bool isHorizontal: false
    property bool hearsWheel: true
    readonly property bool isDragging: drag.active
    signal dragBegan
    signal dragged(pixels: real, modifiers: int)
    signal scrolled(notches: int, modifiers: int)
    signal tapped
    signal doubleTapped

    readonly property int anglePerNotch: 120 // touchpads send less, more often
    property real travelled: 0
    property real turned: 0

    TapHandler {
        onSingleTapped: root.tapped()
        onDoubleTapped: root.doubleTapped()
    }
    DragHandler {
        id: drag
        target: null
        dragThreshold: 2 // before whatever scrolls beneath takes it
        xAxis.enabled: root.isHorizontal
        yAxis.enabled: !root.isHorizontal
        onActiveChanged: {
            root.travelled = 0;
            if (active)
                root.dragBegan();
        }
        onActiveTranslationChanged: {
            const reached = root.isHorizontal ? activeTranslation.x : -activeTranslation.y;
            const pixels = reached - root.travelled;
            root.travelled = reached;
            if (pixels !== 0)
                root.dragged(pixels, centroid.modifiers);
        }
    }
    WheelHandler {
        enabled: root.hearsWheel
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => {
            // Some desktops turn Shift and a wheel into sideways scrolling.
            root.turned += event.angleDelta.y !== 0 ? event.angleDelta.y : event.angleDelta.x;
            const notches = Math.trunc(root.turned / root.anglePerNotch);
            root.turned -= notches * root.anglePerNotch;
            if (notches !== 0)
                root.scrolled(notches, event.modifiers);
        }
    }
}
