import QtQuick
import Tutti

/// The tempo as a number to drag, scroll, nudge with the arrow keys, or click to type.
Item {
    id: root

    required property TempoViewModel tempo
    required property int numberSize
    property bool isEditing: false
    // Screen readers ask a spin box for these.
    readonly property real value: tempo.bpm
    readonly property real minimumValue: tempo.slowest
    readonly property real maximumValue: tempo.fastest
    readonly property real stepSize: 1

    implicitWidth: whole.implicitWidth + fraction.implicitWidth + unit.implicitWidth + Theme.small
    implicitHeight: Math.round(numberSize * 1.05)
    activeFocusOnTab: true
    Accessible.role: Accessible.SpinBox
    Accessible.name: qsTr("Tempo")
    Accessible.description: qsTr("%1 beats per minute").arg(tempo.text)
    Accessible.focusable: true
    Accessible.onIncreaseAction: tempo.nudge(1)
    Accessible.onDecreaseAction: tempo.nudge(-1)

    function edit(typed: string) {
        isEditing = true; // only what is visible gets the keyboard
        editor.begin(typed);
    }

    function nudge(steps: int, modifiers: int) {
        const isFine = (modifiers & (Qt.ShiftModifier | Qt.ControlModifier)) !== 0;
        tempo.nudge(steps * (isFine ? 0.1 : 1));
    }

    Keys.onUpPressed: event => nudge(1, event.modifiers)
    Keys.onDownPressed: event => nudge(-1, event.modifiers)
    Keys.onReturnPressed: edit("")
    Keys.onEnterPressed: edit("")
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown)
            tempo.nudge(event.key === Qt.Key_PageUp ? 10 : -10);
        else if (/^[0-9]$/.test(event.text))
            edit(event.text);
        else
            return;
        event.accepted = true;
    }

    Row {
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isEditing

        Text {
            id: whole
            text: root.tempo.wholeText
            color: Theme.text
            font.pixelSize: root.numberSize
            font.letterSpacing: -root.numberSize * 0.02
            textFormat: Text.PlainText
        }
        Text {
            id: fraction
            anchors.baseline: whole.baseline
            text: root.tempo.fractionText
            color: Theme.muted
            font.pixelSize: Math.round(root.numberSize * 0.5)
            textFormat: Text.PlainText
        }
        Text {
            id: unit
            anchors.baseline: whole.baseline
            leftPadding: Theme.small
            text: qsTr("bpm")
            color: Theme.muted
            font.pixelSize: Theme.titleSize
            textFormat: Text.PlainText
        }
    }
    TempoEditor {
        id: editor
        anchors.fill: parent
        visible: root.isEditing
        tempo: root.tempo
        font.pixelSize: root.numberSize
        font.letterSpacing: -root.numberSize * 0.02
        onDone: isByKey => {
            root.isEditing = false;
            if (isByKey)
                root.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    FocusRing {
        isShown: root.activeFocus
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.outline
        visible: hover.hovered || root.isEditing
    }

    TempoGestures {
        id: gestures
        anchors.fill: parent
        enabled: !root.isEditing
        onStepped: (steps, modifiers) => root.nudge(steps, modifiers)
        onEditAsked: root.edit("")
    }
    HoverHandler {
        id: hover
        enabled: !root.isEditing
        cursorShape: Qt.SizeVerCursor
    }
    Tip {
        visible: hover.hovered && !gestures.isDragging
        text: qsTr("Drag or scroll, finer with Shift; click to type")
    }
}
