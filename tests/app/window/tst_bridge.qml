import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 1280
    height: 900

    Rehearsal {
        id: rehearsal
    }
    StageView {
        id: view
        anchors.fill: parent
        stage: rehearsal.stage
        isInRoom: true
    }
    SignalSpy {
        id: wanted
        target: rehearsal.wishes
        signalName: "bridgeWanted"
    }

    SignalSpy {
        id: rights
        target: rehearsal.wishes
        signalName: "bridgeRightsWanted"
    }

    TestCase {
        name: "The bridge panel says how tightly the sites are on one beat"
        when: windowShown

        property Item panel

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            rehearsal.showJam("mixer-1");
            rehearsal.showBridge("off");
            findChild(view, "roomPanel").turnTo(false, true);
            panel = findChild(view, "bridgePanel");
            waitForRendering(view);
            wanted.clear();
            rights.clear();
        }

        function cleanup() {
            findChild(view, "roomPanel").turnTo(false, false);
        }

        function verifyTexts(texts) {
            for (const text of texts)
                tryVerify(() => rehearsal.texts(panel).includes(text), 1000, "“%1” is not among %2".arg(text).arg(rehearsal.texts(panel).join(" / ")));
        }

        function show(bridge) {
            rehearsal.advance(1000);
            rehearsal.showBridge(bridge);
        }

        function test_it_is_a_page_of_the_room() {
            mouseClick(rehearsal.button(view, "People"));
            verify(!panel.visible);
            verify(findChild(view, "people").visible);
            mouseClick(rehearsal.button(view, "Bridge"));
            verify(panel.visible);
            verify(!findChild(view, "people").visible);
            mouseClick(rehearsal.button(view, "Delay"));
            verify(!panel.visible);
            verify(findChild(view, "delayPanel").visible);
        }

        function test_the_switch_says_what_it_does_and_asks() {
            verifyTexts(["The Link programs on this network and those of everybody else who bridges become one session: one tempo, one beat, one start and stop."]);
            const toggle = rehearsal.named(panel, "Bridge Link");
            verify(!toggle.checked);
            mouseClick(toggle);
            compare(wanted.signalArguments[0][0], true);
            show("one-site");
            verify(toggle.checked);
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(wanted.signalArguments[1][0], false);
        }

        function test_what_the_programs_here_may_change() {
            compare(rehearsal.named(panel, "Programs here may change the tempo"), null);
            show("good");
            mouseClick(rehearsal.named(panel, "Programs here may change the tempo"));
            compare(rights.signalArguments[0][0], false);
            compare(rights.signalArguments[0][1], true);
            mouseClick(rehearsal.named(panel, "Programs here may start and stop"));
            compare(rights.signalArguments[1][0], false);
            compare(rights.signalArguments[1][1], false);
        }

        function test_alone_it_says_what_the_others_have_to_do() {
            show("one-site");
            verifyTexts(["2 Link programs here, 2 in all", "No other site yet", "The others in this room switch on “Bridge Link”, too, or run “tutti bridge” with the same invitation."]);
            verify(!findChild(panel, "sites").visible);
        }

        function test_good() {
            show("good");
            verifyTexts(["2 Link programs here, 8 in all", "±\u00a0140\u00a0µs likely. Proven to ±\u00a022\u00a0ms", "Lisbon", "3 Link programs", "Direct, over the Internet, 40\u00a0ms there and back", "Its beat: +40\u00a0µs ±\u00a0110\u00a0µs. Proven to ±\u00a020\u00a0ms", "Everybody follows its clock", "Porto"]);
            verify(rehearsal.texts(panel).some(text => text.startsWith("Tight: within ")));
            verify(!findChild(panel, "bridgeAdvice").visible);
            tryVerify(() => rehearsal.spoken(view).includes("Graphic: Distance of the beats")); // once the column has room for it
            verify(rehearsal.spoken(view).includes("ListItem: Lisbon, 3 Link programs. Direct, over the Internet, 40\u00a0ms there and back. Its beat: +40\u00a0µs ±\u00a0110\u00a0µs. Proven to ±\u00a020\u00a0ms. Everybody follows its clock"));
        }

        function test_what_happened_is_told_below_and_in_the_line_of_news() {
            show("good");
            verifyTexts(["Lately", "They are playing. Press play to join in.", "Lisbon's Link programs are in your session."]);
            verify(!rehearsal.texts(panel).includes("Porto's Link programs are in your session."));
            compare(rehearsal.stage.news.line, "They are playing. Press play to join in.");
            show("poor");
            verify(!rehearsal.texts(panel).includes("Lately"));
        }

        function test_poor_comes_with_advice() {
            show("poor");
            tryVerify(() => rehearsal.texts(panel).some(text => text.startsWith("Poor: off by ")));
            verify(findChild(panel, "bridgeAdvice").text.startsWith("Packets from Lisbon come unsteadily."));
            verify(findChild(panel, "bridgeAdvice").visible);
        }

        function test_what_is_poor_looks_poor() {
            show("good");
            const verdict = findChild(panel, "verdict");
            const icon = findChild(panel, "poorIcon");
            tryVerify(() => verdict.text.startsWith("Tight"));
            verify(!icon.visible);
            compare(verdict.color, Theme.text);
            show("poor");
            tryVerify(() => verdict.text.startsWith("Poor"));
            verify(icon.visible);
            compare(verdict.color, Theme.alarm);
        }

        function test_link_that_is_off_says_so() {
            show("good");
            rehearsal.show("link-off");
            verifyTexts(["Link is off, so the programs here are left out. Switch it on."]);
        }

        function test_through_the_server_only() {
            show("relay");
            verifyTexts(["Through the room's server, 72\u00a0ms there and back"]);
            verify(findChild(panel, "bridgeAdvice").text.startsWith("There is no direct way to Porto"));
        }

        function test_out_of_reach() {
            show("out-of-reach");
            verifyTexts(["Out of reach", "Not in your session yet"]);
        }

        function test_with_an_echo_there_is_nobody_to_bridge_to() {
            rehearsal.showJam("test-alone");
            verifyTexts(["Nobody to bridge to", "Only your echo is in this room. Join one with others."]);
            compare(rehearsal.named(panel, "Bridge Link"), null);
        }
    }

    BridgePanel {
        id: apart
        visible: false
        width: Theme.panelWidth
        height: 400
        bridge: rehearsal.stage.band.bridge
    }

    TestCase {
        name: "The bridge panel outside of a room"
        when: windowShown

        function cleanup() {
            apart.visible = false;
        }

        function test_it_says_how_to_get_there() {
            rehearsal.showJam("lobby");
            apart.visible = true;
            verify(rehearsal.texts(apart).includes("Not in a room"));
            verify(rehearsal.texts(apart).includes("Join the room of the others, and the Link programs of all of you can be one session."));
            compare(rehearsal.named(apart, "Bridge Link"), null);
        }
    }
}
