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
        name: "The window tells who is there and what they did"
        when: windowShown

        function init() {
            rehearsal.advance(1000);
        }

        function verifyTexts(wanted) {
            for (const text of wanted)
                tryVerify(() => rehearsal.texts(view).includes(text), 1000, "“%1” is not among %2".arg(text).arg(rehearsal.texts(view).join(" / ")));
        }

        function test_alone_it_says_how_to_get_company() {
            rehearsal.show("alone");
            verifyTexts(["Alone", "No other Link programs yet", "Start one on this network, and it appears here by itself."]);
        }

        function test_peers_have_names_addresses_offsets() {
            rehearsal.show("three-peers");
            verifyTexts(["3 programs", "kH2$x9Qe", "192.168.1.20", "IPv4", "+12\u00a0µs ± 4\u00a0µs", "measured now", "Zq7!m/aW", "fe80::a2c5:89ff:fe1d:77b0", "IPv6", "−38\u00a0µs ± 9\u00a0µs", "measured 4 min ago", "IPv4 + IPv6"]);
        }

        function test_peers_of_other_sessions_say_so() {
            rehearsal.show("crowd");
            findChild(view, "peerList").positionViewAtEnd();
            tryVerify(() => rehearsal.texts(view).includes("session other!!! at 132.0 bpm"));
        }

        function test_peers_come_and_go() {
            rehearsal.show("alone");
            compare(rehearsal.stage.peers.count, 0);
            rehearsal.show("three-peers");
            compare(rehearsal.stage.peers.count, 3);
            rehearsal.show("alone");
            verifyTexts(["No other Link programs yet"]);
        }

        function test_sync_quality_in_words() {
            rehearsal.show("three-peers");
            verifyTexts(["Tight: within 11\u00a0µs", "dotted: ± 50\u00a0µs"]);
        }

        function test_changes_are_explained() {
            rehearsal.show("three-peers");
            verifyTexts(["Tempo 128.0 → 132.0, set by 192.168.1.20"]);
        }

        function test_a_problem_is_a_banner_and_stops_nobody() {
            rehearsal.show("port-taken");
            verifyTexts(["Another program keeps UDP port 20808 to itself, so no one can be found on eth0. Close it; Tutti tries again by itself.", "Play"]);
            rehearsal.show("alone");
            verify(!rehearsal.texts(view).some(text => text.startsWith("eth0")));
        }

        function test_in_a_small_window_the_peers_are_a_page() {
            rehearsal.show("three-peers");
            root.width = 640;
            verify(!rehearsal.texts(view).includes("kH2$x9Qe"));
            view.toggleCompany();
            verifyTexts(["kH2$x9Qe"]);
            verify(!rehearsal.texts(view).includes("Tempo"));
            view.back();
            verifyTexts(["Tempo"]);
            root.width = 960;
        }
    }
}
