import QtQuick
import Tutti

/// A value under the hand: dragged (finer with Shift), scrolled, stepped by keys, reset by a double click.
///
/// It has no looks. Positions go from 0 to 1, steps are the value's own.
Item {
    id: root

    required property string name
    required property string valueText
    required property real position
    property bool isHorizontal: false
    property real travel: isHorizontal ? width : height
    property real pageSteps: 6
    property bool hearsWheel: true // not where a wheel moves what lies around it
    property string help
    // Screen readers ask a slider for these.
    property real value: position
    property real minimumValue: 0
    property real maximumValue: 1
    property real stepSize: 0.01
    readonly property bool isHeld: gestures.isDragging
    readonly property bool isHovered: hover.hovered
    signal positionWanted(position: real)
    signal stepsWanted(steps: real)
    signal resetWanted

    readonly property real fine: 0.1
    property real held: 0

    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: name
    Accessible.description: valueText
    Accessible.focusable: true
    Accessible.onIncreaseAction: stepsWanted(1)
    Accessible.onDecreaseAction: stepsWanted(-1)

    function isFine(modifiers: int): bool {
        return (modifiers & (Qt.ShiftModifier | Qt.ControlModifier)) !== 0;
    }

    function step(steps: real, modifiers: int) {
        stepsWanted(isFine(modifiers) ? steps * fine : steps);
    }

    Keys.onPressed: event => {
        const more = isHorizontal ? Qt.Key_Right : Qt.Key_Up;
        const less = isHorizontal ? Qt.Key_Left : Qt.Key_Down;
        if (event.key === more || event.key === less)
            step(event.key === more ? 1 : -1, event.modifiers);
        else if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown)
            stepsWanted(event.key === Qt.Key_PageUp ? pageSteps : -pageSteps);
        else if (event.key === Qt.Key_Home || event.key === Qt.Key_End)
            positionWanted(event.key === Qt.Key_Home ? 0 : 1);
        else if (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace)
            resetWanted();
        else
            return;
        event.accepted = true;
    }

    HandGestures {
        id: gestures
        anchors.fill: parent
        isHorizontal: root.isHorizontal
        hearsWheel: root.hearsWheel
        onDragBegan: root.held = root.position
        onDragged: (pixels, modifiers) => {
            const share = pixels / root.travel * (root.isFine(modifiers) ? root.fine : 1);
            root.held = Math.max(0, Math.min(1, root.held + share));
            root.positionWanted(root.held);
        }
        onScrolled: (notches, modifiers) => root.step(notches, modifiers)
        onDoubleTapped: root.resetWanted()
    }
    HoverHandler {
        id: hover
        cursorShape: root.isHorizontal ? Qt.SizeHorCursor : Qt.SizeVerCursor
    }
    FocusRing {
        isShown: root.activeFocus
    }
    Tip {
        visible: hover.hovered && !gestures.isDragging && root.help !== ""
        text: root.help
    }
}
