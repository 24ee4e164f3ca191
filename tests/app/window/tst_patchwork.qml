import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 1280
    height: 760

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
        name: "The patch is added to, named, grouped and kept"
        when: windowShown

        readonly property PatchViewModel patch: rehearsal.stage.patch
        property PatchCanvas canvas

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("alone");
            rehearsal.showJam("mixer-4");
            rehearsal.showPatch("studio");
            view.turnTo("patch");
            tryVerify(() => findChild(view, "canvas") !== null);
            canvas = findChild(view, "canvas");
            canvas.fit();
            waitForRendering(canvas);
        }

        function cleanup() {
            findChild(view, "addField").isOpen = false;
            findChild(view, "nameField").isOpen = false;
            view.wantsSessions = false;
            view.turnTo("beat");
        }

        function take(name, modifiers) {
            const middle = rehearsal.middleOf(rehearsal.cardPlace(name));
            const at = canvas.toView(Qt.point(middle.x, middle.y - 28));
            mouseClick(canvas, at.x, at.y, Qt.LeftButton, modifiers ?? Qt.NoModifier);
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        // Adding

        function test_a_finds_and_adds() {
            keyClick(Qt.Key_A);
            const list = findChild(view, "addList");
            tryVerify(() => list.visible);
            verify(list.count > 5);
            type("metro");
            compare(list.count, 1);
            keyClick(Qt.Key_Return);
            verify(!list.visible);
            compare(rehearsal.modules().filter(name => name === "Metronome").length, 2);
            compare(rehearsal.focused(view), "Grouping: Metronome, Click");
            compare(patch.undoable, "Add");
            const middle = canvas.middle();
            fuzzyCompare(rehearsal.middleOf(patch.selection.card.place).x, middle.x, 2);
        }

        function test_arrows_choose_and_escape_leaves() {
            const before = rehearsal.modules();
            keyClick(Qt.Key_Slash);
            const list = findChild(view, "addList");
            tryVerify(() => list.visible);
            keyClick(Qt.Key_Down);
            compare(list.currentIndex, 1);
            type("no such thing");
            compare(list.count, 0);
            verify(rehearsal.texts(view).includes("Nothing has these words. Try “strip”, “input” or “output”."));
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Escape);
            verify(!list.visible);
            compare(rehearsal.modules(), before);
        }

        function test_the_button_opens_it_too() {
            mouseClick(findChild(view, "addButton"));
            tryVerify(() => findChild(view, "addList").visible);
        }

        // Names, colours, groups

        function test_f2_renames() {
            take("Reverb");
            keyClick(Qt.Key_F2);
            tryVerify(() => findChild(view, "newName").visible);
            type("Hall");
            keyClick(Qt.Key_Return);
            verify(rehearsal.modules().includes("Hall"));
            compare(patch.undoable, "Rename");
            compare(rehearsal.focused(view), "Grouping: Hall, Effect");
        }

        function test_a_colour_for_all_that_is_chosen() {
            take("Reverb");
            take("Headphones", Qt.ShiftModifier);
            compare(patch.selection.count, 2);
            mouseClick(rehearsal.named(view, "Green"));
            compare(patch.selection.colour, 3);
            compare(patch.undoable, "Colour");
        }

        function test_several_are_grouped_named_moved_and_ungrouped() {
            take("Headphones");
            take("Master", Qt.ShiftModifier);
            keyClick(Qt.Key_G, Qt.ControlModifier);
            tryVerify(() => findChild(view, "newName").visible);
            type("Ends");
            keyClick(Qt.Key_Return);
            const group = rehearsal.named(view, "Group Ends");
            verify(group !== null);
            compare(patch.groups.count, 3);
            const before = [rehearsal.middleOf(rehearsal.cardPlace("Headphones")), rehearsal.middleOf(rehearsal.cardPlace("Master"))];
            const label = canvas.toView(rehearsal.middleOf(group.place));
            mousePress(canvas, label.x, label.y);
            for (let step = 1; step <= 5; ++step)
                mouseMove(canvas, label.x, label.y + step * 10, -1, Qt.LeftButton);
            mouseRelease(canvas, label.x, label.y + 50);
            const after = [rehearsal.middleOf(rehearsal.cardPlace("Headphones")), rehearsal.middleOf(rehearsal.cardPlace("Master"))];
            for (const i of [0, 1])
                fuzzyCompare(after[i].y - before[i].y, 50 / canvas.zoom, 2);
            keyClick(Qt.Key_G, Qt.ControlModifier | Qt.ShiftModifier);
            compare(patch.groups.count, 2);
            compare(patch.undoable, "Ungroup");
        }

        function test_tidied_up_a_groups_cards_stay_together_and_no_other_is_among_them() {
            mouseClick(findChild(view, "tidyButton"));
            const group = rehearsal.named(view, "Group Strings");
            const cards = ["Anna", "Anna strip", "Bela", "Bela strip"].map(name => rehearsal.named(view, name.includes("strip") ? name + ", Strip" : name + ", Player"));
            const left = Math.min(...cards.map(card => card.x)) - 16;
            const right = Math.max(...cards.map(card => card.x + card.width)) + 16;
            const top = Math.min(...cards.map(card => card.y)) - 40;
            const bottom = Math.max(...cards.map(card => card.y + card.height)) + 16;
            compare([group.x, group.y, group.width], [left, top, right - left]);
            for (const name of rehearsal.modules()) {
                const middle = rehearsal.middleOf(rehearsal.cardPlace(name));
                const isWithin = middle.x > left && middle.x < right && middle.y > top && middle.y < bottom;
                compare(isWithin, ["Anna", "Anna strip", "Bela", "Bela strip"].includes(name), name);
            }
        }

        // Strips

        function test_a_strip_is_seen_twice() {
            const strip = rehearsal.stage.band.master;
            const hand = rehearsal.named(view, "Gain of Master", "Slider");
            hand.forceActiveFocus();
            spy.signalName = "gainWanted";
            spy.clear();
            keyClick(Qt.Key_Left);
            compare(spy.count, 1);
            const asked = strip.first.gain;
            fuzzyCompare(hand.value, asked, 0.01);
            strip.first.askGain(-20);
            fuzzyCompare(hand.value, -20, 0.01);
            rehearsal.named(view, "Mute Anna").clicked();
            verify(rehearsal.stage.band.players.data(rehearsal.stage.band.players.index(0, 0), 256).strip.first.isMuted);
        }

        function test_from_the_patch_to_the_mixer_and_back() {
            take("Master");
            waitForRendering(view);
            mouseClick(findChild(view, "mixerButton"));
            verify(view.isInRoom && !view.isPatching);
            compare(rehearsal.focused(view), "Slider: Gain of Master");
            mouseClick(rehearsal.named(view, "Show Master in the patch"));
            verify(view.isPatching);
            compare(rehearsal.focused(view), "Grouping: Master, Strip");
        }

        // Ghosts

        function test_who_leaves_stays_as_a_ghost_and_comes_back() {
            compare(rehearsal.named(view, "Bela, Player") !== null, true);
            const cables = rehearsal.cables();
            rehearsal.leave("player-1");
            const ghost = rehearsal.named(view, "Bela, Player, missing");
            verify(ghost !== null);
            compare(rehearsal.cables(), cables);
            const about = patch.selection;
            take("Bela");
            verify(about.about.startsWith("“Bela” has left the room."), about.about);
            rehearsal.come("player-9", "Bela");
            verify(rehearsal.named(view, "Bela, Player") !== null);
            compare(rehearsal.cables(), cables);
        }

        function test_a_ghost_can_be_removed() {
            rehearsal.leave("player-1");
            take("Bela");
            verify(patch.selection.canRemove);
            keyClick(Qt.Key_Delete);
            verify(!rehearsal.modules().includes("Bela"));
        }

        // Read out

        function test_every_card_port_and_cable_has_a_name() {
            const said = rehearsal.spoken(view);
            const nameless = said.filter(sentence => /^(Button|CheckBox|RadioButton|Slider|ListItem|Grouping|ToolBar|Dialog|Graphic|PageTab|StaticText|EditableText): *$/.test(sentence));
            compare(nameless, []);
            for (const sentence of ["Grouping: Anna, Player", "Button: Output out of Anna", "Slider: Anna to Anna strip", "Grouping: Group Strings", "Slider: Reverb to Echo"])
                verify(said.includes(sentence), sentence);
            compare(said.filter(sentence => / to /.test(sentence) && sentence.startsWith("Slider")).length, rehearsal.cables().length);
            const delayed = rehearsal.named(view, "Reverb to Echo", "Slider");
            verify(delayed.Accessible.description.includes("one block later"), delayed.Accessible.description);
        }

        function test_the_same_snapshot_again_draws_nothing() {
            wait(500);
            rehearsal.countFrames(view);
            for (let tick = 0; tick < 10; ++tick) {
                rehearsal.leave("nobody");
                wait(10);
            }
            compare(rehearsal.frames, 0);
        }

        function test_levels_leave_all_items_where_they_are() {
            const item = rehearsal.named(view, "Reverb, Effect");
            for (let tick = 0; tick < 5; ++tick)
                rehearsal.soundPatch(tick);
            compare(rehearsal.named(view, "Reverb, Effect"), item);
        }
    }
}
