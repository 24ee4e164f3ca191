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

        function test_press_data() {
            return [
                {tag: "space plays", key: Qt.Key_Space, of: rehearsal.stage.transport, says: "playAsked"},
                {tag: "a switches Link", key: Qt.Key_A, of: rehearsal.stage.link, says: "enableAsked", value: false},
                {tag: "w slows down", key: Qt.Key_W, of: rehearsal.stage.tempo, says: "tempoAsked", value: 119},
                {tag: "e speeds up", key: Qt.Key_E, of: rehearsal.stage.tempo, says: "tempoAsked", value: 121},
                {tag: "r shortens the quantum", key: Qt.Key_R, of: rehearsal.stage.transport, says: "quantumAsked", value: 3},
                {tag: "t lengthens the quantum", key: Qt.Key_T, of: rehearsal.stage.transport, says: "quantumAsked", value: 5},
                {tag: "s switches start/stop sync", key: Qt.Key_S, of: rehearsal.stage.link, says: "startStopAsked", value: false},
                {tag: "q quits", key: Qt.Key_Q, of: view, says: "quitAsked"},
            ];
        }
        function test_press(data) {
            spy.target = data.of;
            spy.signalName = data.says;
            spy.clear();
            keyClick(data.key);
            compare(spy.count, 1);
            if (data.value !== undefined)
                compare(spy.signalArguments[0][0], data.value);
        }

        function test_space_stops_what_plays() {
            rehearsal.show("playing");
            spy.target = rehearsal.stage.transport;
            spy.signalName = "stopAsked";
            spy.clear();
            keyClick(Qt.Key_Space);
            compare(spy.count, 1);
            verify(!rehearsal.stage.transport.isPlaying);
        }

        function test_two_presses_are_two_wishes() {
            spy.target = rehearsal.stage.link;
            spy.signalName = "enableAsked";
            spy.clear();
            keyClick(Qt.Key_A);
            keyClick(Qt.Key_A);
            compare(spy.count, 2);
            compare(spy.signalArguments[1][0], true);
        }

        function test_keys_with_ctrl_belong_to_the_desktop() {
            spy.target = rehearsal.stage.link;
            spy.signalName = "enableAsked";
            spy.clear();
            keyClick(Qt.Key_A, Qt.ControlModifier);
            compare(spy.count, 0);
        }

        function test_f1_tells_the_keys_and_escape_goes_back() {
            keyClick(Qt.Key_F1);
            verify(rehearsal.texts(view).includes("Tempo slower, faster"));
            keyClick(Qt.Key_Escape);
            verify(!rehearsal.texts(view).includes("Tempo slower, faster"));
        }
    }
}
