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
        id: asked
        target: rehearsal.stage.tempo
        signalName: "tempoAsked"
    }

    TestCase {
        name: "The tempo is typed, dragged, scrolled, nudged, tapped"
        when: windowShown

        property TempoNumber number

        function initTestCase() {
            number = findChild(view, "tempoNumber");
        }

        function init() {
            rehearsal.advance(10000);
            rehearsal.show("alone");
            view.back();
            asked.clear();
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function last() {
            return asked.count === 0 ? undefined : asked.signalArguments[asked.count - 1][0];
        }

        function test_typed() {
            mouseClick(number);
            verify(number.isEditing);
            type("96.5");
            keyClick(Qt.Key_Return);
            verify(!number.isEditing);
            compare(last(), 96.5);
            compare(rehearsal.stage.tempo.text, "96.50");
        }

        function test_typed_with_a_comma() {
            mouseClick(number);
            type("87,25");
            keyClick(Qt.Key_Enter);
            compare(last(), 87.25);
        }

        function test_a_digit_begins_typing() {
            number.forceActiveFocus(Qt.TabFocusReason);
            type("140");
            keyClick(Qt.Key_Return);
            compare(last(), 140);
        }

        function test_out_of_range_is_refused_in_words() {
            mouseClick(number);
            type("5");
            keyClick(Qt.Key_Return);
            verify(number.isEditing);
            compare(asked.count, 0);
            verify(rehearsal.texts(view).includes("The tempo can be 20 to 999"));
            keyClick(Qt.Key_Escape);
            compare(rehearsal.stage.tempo.complaint, "");
            compare(rehearsal.stage.tempo.text, "120.00");
        }

        function test_letters_are_typed_not_obeyed() {
            mouseClick(number);
            type("q9a");
            keyClick(Qt.Key_Return);
            compare(rehearsal.stage.tempo.complaint, "“q9a” is not a number");
            verify(rehearsal.stage.link.isEnabled);
            keyClick(Qt.Key_Escape);
        }

        function test_escape_leaves_it() {
            mouseClick(number);
            type("99");
            keyClick(Qt.Key_Escape);
            verify(!number.isEditing);
            compare(asked.count, 0);
        }

        function test_dragged() {
            const steps = 10;
            mousePress(number, 40, 40);
            for (let y = 40; y >= -20; y -= 4)
                mouseMove(number, 40, y, -1, Qt.LeftButton);
            mouseRelease(number, 40, -20);
            verify(!number.isEditing, "a drag is no click");
            verify(last() > 120 + steps, "up is faster: %1".arg(last()));
            verify(last() <= 120 + 60 / 4, "four pixels a beat: %1".arg(last()));
        }

        function test_scrolled() {
            mouseWheel(number, 40, 20, 0, 120);
            compare(last(), 121);
            mouseWheel(number, 40, 20, 0, -240);
            compare(last(), 119);
        }

        function test_scrolled_finely() {
            mouseWheel(number, 40, 20, 0, 120, Qt.NoButton, Qt.ShiftModifier);
            compare(last(), 120.1);
        }

        function test_a_touchpad_adds_up() {
            for (let i = 0; i < 8; ++i)
                mouseWheel(number, 40, 20, 0, 15);
            compare(asked.count, 1);
            compare(last(), 121);
        }

        function test_arrow_keys_data() {
            return [
                {tag: "up", key: Qt.Key_Up, bpm: 121},
                {tag: "down", key: Qt.Key_Down, bpm: 119},
                {tag: "shift up", key: Qt.Key_Up, modifiers: Qt.ShiftModifier, bpm: 120.1},
                {tag: "page down", key: Qt.Key_PageDown, bpm: 110},
            ];
        }
        function test_arrow_keys(data) {
            number.forceActiveFocus(Qt.TabFocusReason);
            keyClick(data.key, data.modifiers ?? Qt.NoModifier);
            compare(last(), data.bpm);
        }

        function test_nudged_data() {
            return [{tag: "−1", bpm: 119}, {tag: "−0.1", bpm: 119.9}, {tag: "+0.1", bpm: 120.1}, {tag: "+1", bpm: 121}];
        }
        function test_nudged(data) {
            mouseClick(rehearsal.button(view, data.tag));
            compare(last(), data.bpm);
        }

        function test_two_quick_nudges_both_count() {
            // The engine's answer to the first is still on its way.
            mouseClick(rehearsal.button(view, "+1"));
            mouseClick(rehearsal.button(view, "+1"));
            rehearsal.show("alone");
            compare(last(), 122);
            compare(rehearsal.stage.tempo.text, "122.00");
        }

        function test_tapped() {
            for (let i = 0; i < 4; ++i) {
                mouseClick(rehearsal.button(view, "Tap"));
                rehearsal.advance(400);
            }
            compare(last(), 150);
        }

        function test_tapped_with_the_keyboard() {
            rehearsal.button(view, "Tap").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            rehearsal.advance(600);
            keyClick(Qt.Key_Return);
            compare(last(), 100);
        }
    }
}
