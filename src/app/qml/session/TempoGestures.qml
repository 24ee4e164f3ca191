import QtQuick
import Tutti

/// What a pointer does to a number: drag and scroll are steps, a click is a wish to type.
HandGestures {
    id: root

    signal stepped(steps: int, modifiers: int)
    signal editAsked

    readonly property int pixelsPerStep: 4
    property real pending: 0

    onTapped: editAsked()
    onDoubleTapped: editAsked()
    onDragBegan: pending = 0
    onDragged: (pixels, modifiers) => {
        pending += pixels;
        const steps = Math.trunc(pending / pixelsPerStep);
        if (steps === 0)
            return;
        pending -= steps * pixelsPerStep;
        stepped(steps, modifiers);
    }
    onScrolled: (notches, modifiers) => stepped(notches, modifiers)
}
