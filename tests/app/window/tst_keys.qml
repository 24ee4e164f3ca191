import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 960
    height: 640

    Rehearsal {
        id: rehearsal
    }
    StageView {
        id: view
        anchors.fill: parent
        stage: rehearsal.stage
    }
    SignalSpy {
        id: spy
    }

    TestCase {
        name: "The keys of the terminal work in the window"
        when: windowShown

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("alone");
            view.back();
        }

        function watch(object, signalName) {
            spy.target = null;
            spy.signalName = signalName;
            spy.target = object;
            spy.clear();
        }

        function test_press_data() {
            return [
                {tag: "space plays", key: Qt.Key_Space, of: rehearsal.stage.transport, says: "playAsked"},
                {tag: "a switches Link", key: Qt.Key_A, of: rehearsal.stage.link, says: "enableAsked", value: false},
                {tag: "w slows down", key: Qt.Key_W, of: rehearsal.stage.tempo, says: "tempoAsked", value: 119},
                {tag: "e speeds up", key: Qt.Key_E, of: rehearsal.stage.tempo, says: "tempoAsked", value: 121},
                {tag: "r shortens the quantum", key: Qt.Key_R, of: rehearsal.stage.transport, says: "quantumAsked", value: 3},
                {tag: "t lengthens the quantum", key: Qt.Key_T, of: rehearsal.stage.transport, says: "quantumAsked", value: 5},
                {tag: "s switches start/stop sync", key: Qt.Key_S, of: rehearsal.stage.link, says: "startStopAsked", value: false},
                {tag: "m switches the metronome", key: Qt.Key_M, of: rehearsal.wishes, says: "metronomeWanted", value: !rehearsal.stage.band.metronome.isOn},
                {tag: "b talks", key: Qt.Key_B, of: rehearsal.wishes, says: "talkWanted", value: true},
                {tag: "q quits", key: Qt.Key_Q, of: view, says: "quitAsked"},
                {tag: "so does ctrl q", key: Qt.Key_Q, modifiers: Qt.ControlModifier, of: view, says: "quitAsked"},
            ];
        }
        function test_press(data) {
            watch(data.of, data.says);
            keyPress(data.key, data.modifiers ?? Qt.NoModifier);
            compare(spy.count, 1);
            if (data.value !== undefined)
                compare(spy.signalArguments[0][0], data.value);
            keyRelease(data.key, data.modifiers ?? Qt.NoModifier);
        }

        function test_space_stops_what_plays() {
            rehearsal.show("playing");
            watch(rehearsal.stage.transport, "stopAsked");
            keyClick(Qt.Key_Space);
            compare(spy.count, 1);
            verify(!rehearsal.stage.transport.isPlaying);
        }

        function test_two_presses_are_two_wishes() {
            watch(rehearsal.stage.link, "enableAsked");
            keyClick(Qt.Key_A);
            keyClick(Qt.Key_A);
            compare(spy.count, 2);
            compare(spy.signalArguments[1][0], true);
        }

        function test_in_a_room_a_slip_of_the_finger_ends_nothing() {
            rehearsal.showJam("mixer-4");
            watch(view, "quitAsked");
            keyClick(Qt.Key_Q);
            compare(spy.count, 0);
            keyClick(Qt.Key_Q, Qt.ControlModifier);
            compare(spy.count, 1);
            rehearsal.showJam("lobby");
            keyClick(Qt.Key_Q);
            compare(spy.count, 2);
        }

        function test_keys_with_ctrl_belong_to_the_desktop() {
            watch(rehearsal.stage.link, "enableAsked");
            keyClick(Qt.Key_A, Qt.ControlModifier);
            compare(spy.count, 0);
        }

        function test_ctrl_tab_turns_the_page_wherever_the_focus_is() {
            keyClick(Qt.Key_Tab, Qt.ControlModifier);
            verify(view.isInRoom);
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Tab, Qt.ControlModifier);
            verify(!view.isInRoom && view.isPatching);
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Tab, Qt.ControlModifier);
            verify(!view.isInRoom && !view.isPatching);
        }

        function test_f1_tells_the_keys_and_escape_goes_back() {
            keyClick(Qt.Key_F1);
            verify(rehearsal.texts(view).includes("Tempo slower, faster"));
            keyClick(Qt.Key_Escape);
            verify(!rehearsal.texts(view).includes("Tempo slower, faster"));
        }
    }
}
