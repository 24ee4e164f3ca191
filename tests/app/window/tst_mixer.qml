import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 1280
    height: 720

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
        target: rehearsal.wishes
    }

    TestCase {
        name: "The mixer is made for hands"
        when: windowShown

        property var anna // the strip
        property var fader

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            rehearsal.showJam("mixer-1");
            view.isInRoom = true;
            waitForRendering(view);
            anna = rehearsal.named(view, "Anna, Violin");
            fader = rehearsal.named(anna, "Gain of Anna");
        }

        function watch(signalName) {
            spy.signalName = signalName;
            spy.clear();
        }

        function last(argument) {
            return spy.count === 0 ? undefined : spy.signalArguments[spy.count - 1][argument];
        }

        /// From the middle by so many pixels, up is more.
        function drag(item, pixels, isHorizontal) {
            const x = item.width / 2;
            const y = item.height / 2;
            mousePress(item, x, y);
            for (let i = 1; i <= 10; ++i)
                mouseMove(item, isHorizontal ? x + pixels * i / 10 : x, isHorizontal ? y : y - pixels * i / 10, -1, Qt.LeftButton);
            mouseRelease(item, isHorizontal ? x + pixels : x, isHorizontal ? y : y - pixels);
        }

        function test_joining_opens_the_mixer() {
            rehearsal.showJam("lobby");
            view.isInRoom = false;
            rehearsal.showJam("mixer-1");
            verify(view.isInRoom);
        }

        function test_a_fader_follows_the_hand() {
            watch("gainWanted");
            const before = fader.position;
            drag(fader, -fader.height / 4, false);
            fuzzyCompare(fader.position, before - 0.25, 0.02);
            compare(last(1), 0);
            verify(last(2) < -6);
        }

        function test_a_fader_goes_up_to_its_end() {
            watch("gainWanted");
            drag(fader, 2000, false);
            compare(last(2), 10);
        }

        function test_down_is_silence() {
            watch("gainWanted");
            drag(fader, -2000, false);
            compare(last(2), -Infinity);
            verify(rehearsal.texts(anna).includes("−∞\u00a0dB"));
        }

        function test_a_double_click_resets() {
            rehearsal.stage.band.master.first.askGain(-20);
            watch("gainWanted");
            rehearsal.doubleClick(rehearsal.named(view, "Gain of Master"));
            compare(last(2), 0);
        }

        function test_scrolled_data() {
            return [{tag: "a notch", modifiers: Qt.NoModifier, gain: 1}, {tag: "finer", modifiers: Qt.ShiftModifier, gain: 0.1}];
        }
        function test_scrolled(data) {
            watch("gainWanted");
            mouseWheel(fader, 5, 5, 0, 120, Qt.NoButton, data.modifiers);
            compare(last(2), data.gain);
        }

        function test_keys_data() {
            return [
                {tag: "up", key: Qt.Key_Up, gain: 1},
                {tag: "shift down", key: Qt.Key_Down, modifiers: Qt.ShiftModifier, gain: -0.1},
                {tag: "page down", key: Qt.Key_PageDown, gain: -6},
                {tag: "home", key: Qt.Key_Home, gain: -Infinity},
                {tag: "end", key: Qt.Key_End, gain: 10},
            ];
        }
        function test_keys(data) {
            fader.forceActiveFocus(Qt.TabFocusReason);
            watch("gainWanted");
            keyClick(data.key, data.modifiers ?? Qt.NoModifier);
            compare(last(2), data.gain);
        }

        function test_arrows_go_from_fader_to_fader() {
            fader.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(rehearsal.focused(view), "Slider: Gain of Metronome");
            keyClick(Qt.Key_Left);
            keyClick(Qt.Key_Left);
            compare(rehearsal.focused(view), "Slider: Gain of Mika");
        }

        function test_delete_resets() {
            fader.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            watch("gainWanted");
            keyClick(Qt.Key_Delete);
            compare(last(2), 0);
        }

        function test_pan() {
            watch("panWanted");
            const pan = rehearsal.named(anna, "Pan of Anna");
            rehearsal.doubleClick(pan);
            compare(last(2), 0);
            drag(pan, pan.width / 4, true);
            fuzzyCompare(last(2), 0.5, 0.06);
            pan.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Home);
            compare(last(2), -1);
            verify(rehearsal.texts(anna).includes("L\u00a0100"));
        }

        function test_a_hand_is_not_taken_by_what_scrolls() {
            rehearsal.showJam("mixer-12");
            waitForRendering(view);
            watch("panWanted");
            drag(rehearsal.named(view, "Pan of Anna"), 20, true);
            verify(spy.count > 0);
        }

        function test_toggled_data() {
            return [
                {tag: "mute", name: "Mute Anna", says: "muteWanted"},
                {tag: "solo", name: "Solo Anna", says: "soloWanted"},
                {tag: "phase", name: "Invert the phase of Anna", says: "invertWanted"},
            ];
        }
        function test_toggled(data) {
            watch(data.says);
            mouseClick(rehearsal.named(anna, data.name));
            compare(last(1), 0);
            compare(last(2), true);
            mouseClick(rehearsal.named(anna, data.name));
            compare(last(2), false);
        }

        function test_a_solo_dims_the_others_and_is_ended_at_the_master() {
            const master = rehearsal.named(view, "Master");
            const key = findChild(view, "endSolo");
            verify(!key.visible);
            const masterHeight = rehearsal.named(view, "Gain of Master").height;
            rehearsal.showJam("solo");
            waitForRendering(view);
            const isDimmed = name => rehearsal.named(view, "Gain of %1".arg(name)).isDimmed;
            for (const name of ["Anna", "Bela, first channel", "Bela, second channel", "Chiyo", "Metronome"])
                verify(isDimmed(name), name);
            for (const name of ["Mika", "David", "Master"])
                verify(!isDimmed(name), name);
            verify(rehearsal.named(view, "Gain of Anna").valueText.endsWith("silenced by a solo"));
            verify(key.visible);
            compare(rehearsal.named(master, "End solo"), key);
            compare(rehearsal.named(view, "Gain of Master").height, masterHeight);
            watch("soloEnded");
            mouseClick(key);
            compare(spy.count, 1);
            verify(!key.visible);
        }

        function test_a_solo_is_ended_by_keys_and_the_keyboard_stays_there() {
            rehearsal.showJam("solo");
            waitForRendering(view);
            findChild(view, "endSolo").forceActiveFocus(Qt.TabFocusReason);
            watch("soloEnded");
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
            compare(rehearsal.focused(view), "Slider: Gain of Master");
        }

        function test_keys_stand_in_one_row() {
            rehearsal.showJam("solo");
            waitForRendering(view);
            const metronome = rehearsal.named(rehearsal.named(view, "Mixer"), "Metronome", "CheckBox");
            const foot = item => item.mapToItem(view, 0, item.height).y;
            const mute = foot(rehearsal.named(anna, "Mute Anna"));
            fuzzyCompare(foot(metronome), mute, 1);
            fuzzyCompare(foot(findChild(view, "endSolo")), mute, 1);
        }

        function test_a_pan_is_told_in_the_middle_of_its_strip() {
            rehearsal.stage.band.players.data(rehearsal.stage.band.players.index(0, 0), Qt.UserRole).strip.first.askPan(0.3);
            waitForRendering(view);
            const pan = rehearsal.named(anna, "Pan of Anna");
            const words = itemsBelow(anna).find(item => item.text === "R\u00a030");
            compare(words.horizontalAlignment, Text.AlignHCenter);
            fuzzyCompare(words.mapToItem(view, words.width / 2, 0).x, pan.mapToItem(view, pan.width / 2, 0).x, 1);
        }

        function itemsBelow(item) {
            return [item].concat(...Array.from(item.children).map(child => itemsBelow(child)));
        }

        function test_two_channels_can_part() {
            watch("linkWanted");
            const width = anna.width;
            mouseClick(rehearsal.named(anna, "Link the two channels of Anna"));
            compare(last(1), false);
            verify(rehearsal.named(anna, "Gain of Anna, second channel") !== null);
            tryVerify(() => anna.width > width);
            watch("gainWanted");
            rehearsal.stage.band.players.data(rehearsal.stage.band.players.index(0, 0), Qt.UserRole).strip.second.askGain(-7);
            compare(last(1), 1);
        }

        function test_clipping_stays_until_it_is_clicked() {
            rehearsal.showJam("mixer-4");
            waitForRendering(view);
            const david = rehearsal.named(view, "David, Drums");
            verify(rehearsal.texts(david).includes("Clip"));
            watch("clipCleared");
            mouseClick(rehearsal.named(david, "David, highest level Clip: clear"));
            compare(spy.count, 2); // both channels
            verify(!rehearsal.texts(david).includes("Clip"));
        }

        function test_the_own_strip_data() {
            return [
                {tag: "monitor", name: "Hear ourselves", says: "monitorWanted", value: false},
                {tag: "mute to room", name: "Mute us to the room", says: "muteToRoomWanted", value: true},
                {tag: "metronome", name: "Metronome", says: "metronomeWanted", value: false},
                {tag: "record", name: "Record", says: "recordWanted", value: true},
            ];
        }
        function test_the_own_strip(data) {
            watch(data.says);
            const item = data.tag === "metronome" ? rehearsal.named(rehearsal.named(view, "Mixer"), "Metronome", "CheckBox") : rehearsal.named(view, data.name);
            mouseClick(item);
            compare(last(0), data.value);
        }

        function test_talkback_is_held() {
            watch("talkWanted");
            const talk = findChild(view, "talk");
            mousePress(talk);
            compare(last(0), true);
            mouseRelease(talk);
            compare(last(0), false);
            keyPress(Qt.Key_B);
            compare(last(0), true);
            keyRelease(Qt.Key_B);
            compare(last(0), false);
            compare(spy.count, 4);
        }

        function test_loss_and_delay_are_told() {
            rehearsal.showJam("mixer-4");
            waitForRendering(view);
            const spoken = rehearsal.spoken(view);
            verify(spoken.includes("StaticText: Anna, delay 7.3\u00a0ms"));
            verify(spoken.includes("StaticText: Bela, delay 11\u00a0ms, 1.2\u00a0% lost"));
        }

        function test_who_stays_keeps_the_strip() {
            rehearsal.showJam("mixer-4");
            waitForRendering(view);
            const before = rehearsal.named(view, "Anna, Violin");
            rehearsal.showJam("mixer-1");
            waitForRendering(view);
            compare(rehearsal.named(view, "Anna, Violin"), before);
            compare(rehearsal.named(view, "Bela, Double bass"), null);
        }

        function test_what_has_the_focus_is_scrolled_into_view() {
            rehearsal.showJam("mixer-12");
            waitForRendering(view);
            const lea = rehearsal.named(view, "Gain of Lea");
            const right = () => lea.mapToItem(view, lea.width, 0).x;
            verify(right() > view.width - Theme.panelWidth);
            lea.forceActiveFocus(Qt.TabFocusReason);
            verify(right() < view.width - Theme.panelWidth, "%1".arg(right()));
        }

        function test_where_there_is_no_room_everything_scrolls() {
            root.width = 600;
            Theme.textScale = 1.5;
            rehearsal.showJam("mixer-4");
            waitForRendering(view);
            const mixer = findChild(view, "mixer");
            verify(!mixer.isPinned);
            const master = rehearsal.named(view, "Gain of Master");
            verify(master.mapToItem(view, master.width, 0).x > 600);
            master.forceActiveFocus(Qt.TabFocusReason);
            verify(master.mapToItem(view, master.width, 0).x <= 600);
            Theme.textScale = 1;
            root.width = 1280;
        }
    }
}
