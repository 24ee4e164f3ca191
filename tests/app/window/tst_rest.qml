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
        name: "The window draws only what changes"
        when: windowShown

        function settle() {
            // The last frame of what came before may still be on its way.
            let frames = -1;
            while (frames !== rehearsal.frames) {
                frames = rehearsal.frames;
                wait(100);
            }
        }

        function init() {
            rehearsal.countFrames(view);
        }

        function test_stopped_it_rests_data() {
            return [{tag: "alone"}, {tag: "three-peers"}, {tag: "link-off"}];
        }
        function test_stopped_it_rests(data) {
            rehearsal.show(data.tag);
            settle();
            rehearsal.countFrames(view);
            for (let tick = 0; tick < 20; ++tick) {
                rehearsal.advance(33);
                wait(10);
            }
            compare(rehearsal.frames, 0);
        }

        function test_the_same_news_again_draws_nothing() {
            rehearsal.show("three-peers");
            settle();
            rehearsal.countFrames(view);
            for (let tick = 0; tick < 10; ++tick) {
                rehearsal.show("three-peers");
                wait(10);
            }
            compare(rehearsal.frames, 0);
        }

        function test_the_same_jam_again_draws_nothing_data() {
            return [{tag: "mixer-12"}, {tag: "lobby"}];
        }
        function test_the_same_jam_again_draws_nothing(data) {
            rehearsal.show("three-peers");
            rehearsal.showJam(data.tag);
            view.isInRoom = true;
            settle();
            rehearsal.countFrames(view);
            for (let tick = 0; tick < 10; ++tick) {
                rehearsal.showJam(data.tag);
                wait(10);
            }
            view.isInRoom = false;
            compare(rehearsal.frames, 0);
        }

        function test_levels_that_move_are_one_frame() {
            rehearsal.showJam("mixer-12");
            view.isInRoom = true;
            settle();
            rehearsal.countFrames(view);
            rehearsal.showJam("mixer-12-softer");
            tryVerify(() => rehearsal.frames > 0);
            settle();
            view.isInRoom = false;
            verify(rehearsal.frames <= 2, "%1 frames".arg(rehearsal.frames));
        }

        function test_playing_it_moves_and_stopped_it_rests_again() {
            rehearsal.show("playing");
            tryVerify(() => rehearsal.frames > 20);
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            settle();
            rehearsal.countFrames(view);
            wait(200);
            compare(rehearsal.frames, 0);
        }

        function test_one_change_is_few_frames() {
            rehearsal.show("alone");
            settle();
            rehearsal.countFrames(view);
            rehearsal.stage.tempo.nudge(1);
            tryVerify(() => rehearsal.frames > 0);
            settle();
            verify(rehearsal.frames <= 3, "%1 frames".arg(rehearsal.frames));
        }
    }
}
