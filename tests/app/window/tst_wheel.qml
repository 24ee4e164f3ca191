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
        name: "The wheel shows where the music is"
        when: windowShown

        property BeatDial dial

        function initTestCase() {
            dial = findChild(view, "beatDial");
        }

        function init() {
            rehearsal.advance(1000);
        }

        function test_stopped() {
            rehearsal.show("alone");
            tryCompare(dial, "beat", 0);
            compare(dial.caption, "Stopped");
        }

        function test_playing() {
            rehearsal.show("playing"); // at beat 10.62 of a quantum of 4
            tryCompare(dial, "beat", 3);
            compare(dial.caption, "of 4");
        }

        function test_the_beat_is_asked_for_not_counted() {
            rehearsal.show("playing");
            tryCompare(dial, "beat", 3);
            rehearsal.advance(300); // 0.66 of a beat at 132 bpm
            tryCompare(dial, "beat", 4);
            rehearsal.advance(60000 / 132);
            tryCompare(dial, "beat", 1);
        }

        function test_counting_in() {
            rehearsal.show("count-in"); // at beat −2.4
            tryCompare(dial, "beat", -3);
            compare(dial.caption, "count-in");
            verify(rehearsal.texts(dial).includes("−3"));
            rehearsal.advance(1.2 * 60000 / 132);
            tryCompare(dial, "beat", -2);
            rehearsal.advance(1.4 * 60000 / 132);
            tryCompare(dial, "beat", 1);
            compare(dial.caption, "of 4");
        }

        function test_what_was_played_is_lit() {
            rehearsal.show("playing");
            tryCompare(dial, "beat", 3);
            const image = grabImage(view);
            const ring = beat => {
                const angle = 2 * Math.PI * beat / 4;
                const radius = dial.width / 2 - dial.width * 0.058;
                const at = dial.mapToItem(view, dial.width / 2 + Math.sin(angle) * radius, dial.width / 2 - Math.cos(angle) * radius);
                return image.pixel(at.x, at.y);
            };
            const isAt = (beat, colour) => verify(Qt.colorEqual(ring(beat), colour), "%1 at beat %2".arg(ring(beat)).arg(beat));
            isAt(0.5, Theme.played);
            isAt(1.5, Theme.played);
            isAt(2.3, Theme.accent);
            isAt(3.5, Theme.track);
        }
    }
}
