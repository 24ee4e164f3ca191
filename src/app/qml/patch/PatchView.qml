import QtQuick
import Tutti

/// The patchbay: what sounds, as cards, and what goes where, as cables between them.
FocusScope {
    id: root

    required property PatchViewModel patch
    property alias canvas: canvas
    signal mixerAsked(strip: StripViewModel)

    readonly property real step: 1.25
    readonly property int stride: Theme.px(80)

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Patch")
    onVisibleChanged: patch.watch(visible)
    Component.onCompleted: patch.watch(visible)

    function press(event: KeyEvent) {
        const isPlain = (event.modifiers & ~(Qt.ShiftModifier | Qt.KeypadModifier)) === 0;
        event.accepted = true;
        if (patch.focus.press(event.key, event.modifiers))
            return;
        if (isPlain && (event.key === Qt.Key_Plus || event.key === Qt.Key_Equal))
            canvas.zoomBy(step);
        else if (isPlain && event.key === Qt.Key_Minus)
            canvas.zoomBy(1 / step);
        else if (isPlain && event.key === Qt.Key_0)
            canvas.showFull();
        else if (isPlain && event.key === Qt.Key_F)
            canvas.fit();
        else if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown)
            canvas.panBy(0, event.key === Qt.Key_PageUp ? stride * 4 : -stride * 4);
        else
            event.accepted = false;
    }

    function askAdd(at: point) {
        add.at = at;
        add.isOpen = true;
    }

    function askName(isGroup: bool) {
        if (patch.selection.count === 0)
            return;
        const isOwn = !isGroup && (patch.selection.count === 1 || patch.selection.isGroup);
        if (isGroup || isOwn)
            naming.ask(isGroup);
    }

    Keys.onPressed: event => press(event)

    PatchInk {
        id: patchInk
        background: Theme.background
        grid: Theme.line
        card: Theme.surface
        line: Theme.line
        outline: Theme.outline
        text: Theme.text
        muted: Theme.muted
        track: Theme.track
        accent: Theme.accent
        accentInk: Theme.accentInk
        level: Theme.level
        alarm: Theme.alarm
        palette: Array.from(Theme.players)
        font: Theme.sample.font
    }
    PatchCanvas {
        id: canvas
        objectName: "canvas"
        anchors.fill: parent
        patch: root.patch
        ink: patchInk
        above: tools.y + tools.height
        below: foot.height > 0 ? foot.height + Theme.medium : 0
        onTouched: {
            add.isOpen = false;
            naming.isOpen = false;
            canvas.forceActiveFocus(Qt.MouseFocusReason);
        }
        onAddAsked: at => root.askAdd(at)

        PinchHandler {
            property real before: 1

            target: null
            onActiveChanged: before = 1
            onActiveScaleChanged: {
                canvas.zoomAbout(activeScale / before, centroid.position);
                before = activeScale;
            }
        }
        PatchPlaces {
            objectName: "places"
            patch: root.patch
            x: canvas.origin.x
            y: canvas.origin.y
            scale: canvas.zoom
        }
    }
    Connections {
        target: root.patch.focus
        function onAddAsked() {
            root.askAdd(canvas.middle());
        }
        function onRenameAsked() {
            root.askName(false);
        }
        function onGroupAsked() {
            root.askName(true);
        }
    }

    PatchTools {
        id: tools
        objectName: "patchTools"
        patch: root.patch
        canvas: canvas
        x: Theme.medium
        y: Theme.medium
        onAddAsked: root.askAdd(canvas.middle())
    }
    PatchFoot {
        id: foot
        patch: root.patch
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.medium
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.medium, Theme.px(760))
        onRenameAsked: root.askName(false)
        onGroupAsked: root.askName(true)
        onMixerAsked: strip => root.mixerAsked(strip)
    }
    AddField {
        id: add
        objectName: "addField"
        patch: root.patch
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.px(64)
        width: Math.min(parent.width - 2 * Theme.medium, Theme.px(400))
        height: Math.min(wantedHeight, parent.height - y - Theme.medium)
        onFinished: canvas.forceActiveFocus(Qt.OtherFocusReason)
    }
    NameField {
        id: naming
        objectName: "nameField"
        patch: root.patch
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.px(64)
        width: Math.min(parent.width - 2 * Theme.medium, Theme.px(360))
        onFinished: canvas.forceActiveFocus(Qt.OtherFocusReason)
    }
}
