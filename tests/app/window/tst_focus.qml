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
        target: rehearsal.stage.transport
    }

    TestCase {
        name: "The keyboard is enough"
        when: windowShown

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            view.back();
            spy.clear();
        }

        function tabUntil(sentence) {
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                if (rehearsal.focused(view) === sentence)
                    return true;
            }
            return false;
        }

        function test_tab_reaches_everything() {
            const found = [];
            for (let i = 0; i < 30; ++i) {
                keyClick(Qt.Key_Tab);
                const sentence = rehearsal.focused(view);
                if (found.includes(sentence))
                    break;
                found.push(sentence);
            }
            compare(found, ["CheckBox: Link", "PageTab: Room", "PageTab: Patch", "Button: Dark colours", "Button: Keys", "Button: Hide the Link programs", "SpinBox: Tempo", "Button: Slower by one", "Button: Slower by a tenth", "Button: Tap the tempo", "Button: Faster by a tenth", "Button: Faster by one", "Button: Shorter quantum", "Button: Longer quantum", "Button: Play", "CheckBox: Start/stop sync", "ListItem: Peer Zq7!m/aW in this session, heard on IPv6 from fe80::a2c5:89ff:fe1d:77b0, offset −38\u00a0µs ± 9\u00a0µs, measured 4 min ago"]);
        }

        function test_focus_is_seen() {
            const before = grabImage(view);
            keyClick(Qt.Key_Tab);
            verify(!grabImage(view).equals(before));
        }

        function test_space_presses_what_has_the_focus() {
            verify(tabUntil("Button: Longer quantum"));
            spy.signalName = "quantumAsked";
            keyClick(Qt.Key_Space);
            compare(spy.count, 1);
            keyClick(Qt.Key_Return);
            compare(spy.count, 2);
            verify(!rehearsal.stage.transport.isPlaying);
        }

        function test_a_click_leaves_space_to_play() {
            mouseClick(findChild(view, "longerQuantum"));
            spy.signalName = "playAsked";
            keyClick(Qt.Key_Space);
            compare(spy.count, 1);
        }

        function test_escape_gives_space_back() {
            verify(tabUntil("Button: Longer quantum"));
            keyClick(Qt.Key_Escape);
            spy.signalName = "playAsked";
            keyClick(Qt.Key_Space);
            compare(spy.count, 1);
        }

        function test_letters_work_wherever_the_focus_is() {
            verify(tabUntil("CheckBox: Start/stop sync"));
            keyClick(Qt.Key_T);
            compare(rehearsal.stage.transport.quantum, 5);
        }

        function test_what_has_the_focus_is_scrolled_into_view() {
            root.height = 300;
            verify(tabUntil("CheckBox: Start/stop sync"));
            const item = view.Window.window.activeFocusItem;
            const bottom = item.mapToItem(view, 0, item.height).y;
            verify(bottom <= view.height - 30, "hidden at %1 of %2".arg(bottom).arg(view.height));
            root.height = 640;
        }
    }
}
