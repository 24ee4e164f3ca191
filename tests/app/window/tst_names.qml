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

    TestCase {
        name: "A screen reader finds everything"
        when: windowShown

        function test_nothing_is_nameless() {
            rehearsal.show("three-peers");
            const nameless = rehearsal.spoken(view).filter(sentence => /^(Button|CheckBox|SpinBox|ListItem|Graphic|StaticText|EditableText): *$/.test(sentence));
            compare(nameless, []);
        }

        function test_nothing_is_nameless_in_the_room_data() {
            return [{tag: "lobby"}, {tag: "mixer-4"}, {tag: "room-host"}, {tag: "first-run"}, {tag: "lost"}];
        }
        function test_nothing_is_nameless_in_the_room(data) {
            rehearsal.showJam(data.tag);
            view.isInRoom = true;
            const nameless = rehearsal.spoken(view).filter(sentence => /^(Button|CheckBox|ComboBox|Slider|SpinBox|ListItem|Grouping|Graphic|PageTab|StaticText|EditableText): *$/.test(sentence));
            view.back();
            view.isInRoom = false;
            compare(nameless, []);
        }

        function test_nothing_is_nameless_in_the_bridge_data() {
            return [{tag: "off"}, {tag: "one-site"}, {tag: "good"}, {tag: "poor"}, {tag: "out-of-reach"}];
        }
        function test_nothing_is_nameless_in_the_bridge(data) {
            rehearsal.showJam("mixer-1");
            rehearsal.showBridge(data.tag);
            view.isInRoom = true;
            view.roomPage.turnTo(false, true);
            const nameless = rehearsal.spoken(view).filter(sentence => /^(Button|CheckBox|List|ListItem|Graphic|PageTab|StaticText): *$/.test(sentence));
            view.roomPage.turnTo(false, false);
            view.isInRoom = false;
            compare(nameless, []);
        }

        function test_what_it_hears_data() {
            return [
                {tag: "alone", sentences: ["CheckBox: Link", "StaticText: Alone", "Graphic: Beat wheel", "SpinBox: Tempo", "Button: Play", "StaticText: Quantum: 4 beats", "StaticText: No other Link programs yet. Start one on this network, and it appears here by itself."]},
                {tag: "three-peers", sentences: ["StaticText: 3 programs", "Graphic: Sync quality", "StatusBar: Tempo 128.0 → 132.0, set by 192.168.1.20", "ListItem: Peer kH2$x9Qe in this session, heard on IPv4 from 192.168.1.20, offset +12\u00a0µs ± 4\u00a0µs, measured now"]},
                {tag: "playing", sentences: ["Button: Stop", "StatusBar: Started by 192.168.1.31"]},
                {tag: "link-off", sentences: ["StaticText: Off", "StatusBar: Link is off: you play alone"]},
                {tag: "port-taken", sentences: ["AlertMessage: Another program keeps UDP port 20808 to itself, so no one can be found on eth0. Close it; Tutti tries again by itself."]},
            ];
        }
        function test_what_it_hears(data) {
            rehearsal.show(data.tag);
            for (const sentence of data.sentences)
                tryVerify(() => rehearsal.spoken(view).includes(sentence), 1000, "%1 is not among %2".arg(sentence).arg(rehearsal.spoken(view).join(" / ")));
        }
    }
}
