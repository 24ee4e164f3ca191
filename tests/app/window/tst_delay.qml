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
        id: steady
        target: rehearsal.wishes
        signalName: "steadyWanted"
    }
    SignalSpy {
        id: beats
        target: rehearsal.wishes
        signalName: "beatsWanted"
    }
    SignalSpy {
        id: intent
        target: rehearsal.wishes
        signalName: "intentWanted"
    }

    TestCase {
        name: "The delay panel says where the delay comes from"
        when: windowShown

        property Item panel

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            rehearsal.showJam("mixer-4");
            findChild(view, "roomPanel").wantsDelay = true;
            panel = findChild(view, "delayPanel");
            findChild(panel, "delayCards").opened = 0;
            waitForRendering(view);
            intent.clear();
            steady.clear();
            beats.clear();
        }

        function cleanup() {
            findChild(view, "roomPanel").wantsDelay = false;
        }

        function test_the_parts_add_up() {
            const figures = rehearsal.spoken(view).filter(sentence => /^StaticText: .*: [\d.]+ ms$/.test(sentence)).map(sentence => Math.round(10 * parseFloat(sentence.match(/([\d.]+) ms/)[1])));
            compare(figures.length, 7);
            compare(figures.slice(0, 6).reduce((sum, part) => sum + part), figures[6]);
        }

        function test_each_player_has_a_total() {
            for (const text of ["7.3\u00a0ms", "11\u00a0ms", "14\u00a0ms", "16\u00a0ms", "0\u00a0% lost, 0\u00a0% late, 0\u00a0% concealed"])
                verify(rehearsal.texts(panel).includes(text), "%1 is not among %2".arg(text).arg(rehearsal.texts(panel).join(" / ")));
        }

        function test_the_strip_and_the_panel_say_the_same() {
            for (const jam of ["beats", "steady", "mixer-4"]) {
                rehearsal.showJam(jam);
                waitForRendering(view);
                const delays = item => rehearsal.texts(item).filter(text => /^[\d.]+\u00a0m?s$/.test(text));
                const inMixer = delays(findChild(view, "mixer"));
                compare(inMixer.length, 4);
                for (const text of inMixer)
                    verify(delays(panel).includes(text), "%1 is not among %2".arg(text).arg(delays(panel).join(" / ")));
            }
        }

        function test_another_player_is_opened() {
            mouseClick(rehearsal.named(panel, "Bela, delay 11\u00a0ms, 1.2\u00a0% lost"));
            verify(rehearsal.texts(panel).includes("0.9\u00a0% lost, 0.3\u00a0% late, 1.2\u00a0% concealed"));
        }

        function test_a_delay_is_made_steady_and_chosen_in_steps() {
            mouseClick(rehearsal.named(panel, "Steady delay for Anna"));
            compare(steady.signalArguments[0][1], 15); // 7.3 ms now, and a step to spare
            verify(rehearsal.texts(panel).includes("15 ms"));
            compare(rehearsal.named(panel, "Low delay or safe for Anna"), null);
            mouseClick(rehearsal.named(panel, "Longer delay for Anna"));
            compare(steady.signalArguments[1][1], 20);
            waitForRendering(view);
            mouseClick(findChild(panel, "short"));
            compare(steady.signalArguments[2][1], 0);
            verify(rehearsal.named(panel, "Low delay or safe for Anna"));
        }

        function test_a_steady_delay_that_the_way_exceeds_says_so() {
            rehearsal.showJam("steady");
            waitForRendering(view);
            verify(rehearsal.texts(panel).includes("40 ms"));
            mouseClick(rehearsal.named(panel, "David, delay 16\u00a0ms"));
            verify(rehearsal.texts(panel).includes("10 ms"));
            verify(rehearsal.texts(panel).includes("The way takes longer than that: choose more."));
        }

        function test_a_delay_in_beats_is_chosen_in_steps() {
            mouseClick(rehearsal.named(panel, "Delay in beats for Anna"));
            compare(beats.signalArguments[0][1], 4);
            verify(rehearsal.texts(panel).includes("4 beats"));
            compare(rehearsal.named(panel, "Low delay or safe for Anna"), null);
            mouseClick(rehearsal.named(panel, "Fewer beats for Anna"));
            compare(beats.signalArguments[1][1], 3);
            waitForRendering(view);
            mouseClick(rehearsal.named(panel, "Steady delay for Anna")); // instead
            compare(steady.signalArguments[0][1], 15);
            compare(rehearsal.named(panel, "Fewer beats for Anna"), null);
            mouseClick(rehearsal.named(panel, "Delay in beats for Anna"));
            mouseClick(rehearsal.named(panel, "Short delay for Anna"));
            compare(beats.signalArguments[3][1], 0);
            compare(beats.count, 4);
            compare(steady.count, 1);
        }

        function test_one_of_three_is_chosen() {
            const isOn = () => ["short", "steady", "beats"].map(name => findChild(panel, name).isOn);
            compare(isOn(), [true, false, false]);
            mouseClick(findChild(panel, "short")); // it is already
            compare(steady.count + beats.count, 0);
            findChild(panel, "short").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(rehearsal.focused(panel), "RadioButton: Steady delay for Anna");
            keyClick(Qt.Key_Return);
            compare(isOn(), [false, true, false]);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Return);
            compare(isOn(), [false, false, true]);
            for (const name of ["short", "steady", "beats"])
                compare(findChild(panel, name).checked, findChild(panel, name).isOn);
        }

        function test_who_is_heard_beats_later_waits_for_the_beat_and_stretches_no_bar() {
            const players = rehearsal.stage.band.players;
            verify(rehearsal.texts(panel).includes("Safety"));
            compare(players.longestDelay, 20);
            rehearsal.showJam("beats");
            waitForRendering(view);
            verify(rehearsal.texts(panel).includes("Wait for the beat"));
            verify(!rehearsal.texts(panel).includes("Safety"));
            compare(players.longestDelay, 20);
        }

        function test_beats_that_the_way_exceeds_say_what_to_do() {
            rehearsal.showJam("beats");
            waitForRendering(view);
            verify(rehearsal.spoken(view).includes("StaticText: Heard 4 beats later"));
            mouseClick(rehearsal.named(panel, "David, delay 505\u00a0ms"));
            verify(rehearsal.texts(panel).includes("1 beat"));
            verify(rehearsal.texts(panel).some(text => text.includes("choose 2 beats")));
            verify(!rehearsal.named(panel, "Fewer beats for David").enabled);
        }

        function test_low_delay_or_safe() {
            const slider = rehearsal.named(panel, "Low delay or safe for Anna");
            slider.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Home);
            compare(intent.signalArguments[0][1], 0);
            keyClick(Qt.Key_Right);
            compare(intent.signalArguments[1][1], 0.1);
            rehearsal.doubleClick(slider);
            compare(intent.signalArguments[intent.count - 1][1], 0.5);
        }
    }
}
