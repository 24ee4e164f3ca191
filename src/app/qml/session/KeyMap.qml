import QtQuick
import Tutti

/// The keys of `tutti link`, which work here, too. Letters count only where nobody types.
QtObject {
    id: root

    required property Stage stage
    signal quitAsked
    signal helpAsked
    signal backAsked

    /// Others wait there: a slip of the finger must not end it.
    readonly property bool isInRoom: stage.band.room.state !== RoomViewModel.None

    readonly property var plain: ({
            [Qt.Key_A]: () => stage.link.toggleEnabled(),
            [Qt.Key_Space]: () => stage.transport.togglePlaying(),
            [Qt.Key_W]: () => stage.tempo.nudge(-1),
            [Qt.Key_E]: () => stage.tempo.nudge(1),
            [Qt.Key_R]: () => stage.transport.stepQuantum(-1),
            [Qt.Key_T]: () => stage.transport.stepQuantum(1),
            [Qt.Key_S]: () => stage.link.toggleStartStop(),
            [Qt.Key_M]: () => stage.band.metronome.toggle(),
            [Qt.Key_B]: () => stage.band.own.talk(true),
            [Qt.Key_Q]: () => root.quitAsked(),
            [Qt.Key_F1]: () => root.helpAsked(),
            [Qt.Key_Question]: () => root.helpAsked(),
            [Qt.Key_Escape]: () => root.backAsked()
        })
    readonly property var mayRepeat: [Qt.Key_W, Qt.Key_E, Qt.Key_R, Qt.Key_T]

    function press(event: KeyEvent) {
        const isQuit = event.key === Qt.Key_Q && event.modifiers === Qt.ControlModifier;
        const isPlain = (event.modifiers & ~(Qt.ShiftModifier | Qt.KeypadModifier)) === 0;
        if (event.key === Qt.Key_Q && isPlain && isInRoom)
            return;
        const action = isPlain || isQuit ? plain[event.key] : undefined;
        if (action === undefined)
            return;
        event.accepted = true;
        if (!event.isAutoRepeat || mayRepeat.includes(event.key))
            action();
    }

    function release(event: KeyEvent) {
        if (event.key !== Qt.Key_B || event.isAutoRepeat)
            return;
        event.accepted = true;
        stage.band.own.talk(false);
    }
}
