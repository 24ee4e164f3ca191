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

    TestCase {
        name: "The patch is wired by hands and by keys"
        when: windowShown

        readonly property PatchViewModel patch: rehearsal.stage.patch
        property PatchCanvas canvas

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("alone");
            rehearsal.showJam("mixer-4");
            rehearsal.showPatch("bare");
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

        function drag(from, to, modifiers) {
            const held = modifiers ?? Qt.NoModifier;
            mousePress(canvas, from.x, from.y, Qt.LeftButton, held);
            for (let step = 1; step <= 8; ++step)
                mouseMove(canvas, from.x + (to.x - from.x) * step / 8, from.y + (to.y - from.y) * step / 8, -1, Qt.LeftButton, held);
            mouseRelease(canvas, to.x, to.y, Qt.LeftButton, held);
        }

        function port(card, isOutput, number) {
            return canvas.toView(rehearsal.portAt(card, isOutput, number ?? 0));
        }

        function headOf(name) {
            const middle = rehearsal.middleOf(rehearsal.cardPlace(name));
            return canvas.toView(Qt.point(middle.x, middle.y - 26));
        }

        function click(name, modifiers) {
            const at = headOf(name);
            mouseClick(canvas, at.x, at.y, Qt.LeftButton, modifiers ?? Qt.NoModifier);
        }

        function focusCard(name) {
            click(name);
            compare(patch.focus.place, rehearsal.cardPlace(name));
        }

        function keys(...all) {
            for (const key of all)
                keyClick(key);
        }

        // By hand

        function test_a_cable_by_drag_from_output_to_input() {
            verify(!rehearsal.cables().includes("Own strip > Master"));
            drag(port("Own strip", true), port("Master", false));
            verify(rehearsal.cables().includes("Own strip > Master"));
            compare(patch.selection.title, "Own strip to Master");
            compare(patch.undoable, "Connect");
        }

        function test_a_cable_by_drag_the_other_way_round() {
            drag(port("Master", false), port("Own strip", true));
            verify(rehearsal.cables().includes("Own strip > Master"));
        }

        function test_a_cable_snaps_to_a_port_that_is_near() {
            const near = port("Master", false);
            drag(port("Own strip", true), Qt.point(near.x - 14, near.y + 12));
            verify(rehearsal.cables().includes("Own strip > Master"));
        }

        function test_a_cable_let_go_over_a_card_goes_into_it() {
            drag(port("Own strip", true), headOf("Master"));
            verify(rehearsal.cables().includes("Own strip > Master"));
        }

        function test_two_outputs_cannot_be_connected_and_it_says_why() {
            const before = rehearsal.cables();
            const output = port("Metronome", true);
            drag(port("Instrument", true), output);
            compare(rehearsal.cables(), before);
            verify(patch.hint.startsWith("Both are outputs."), patch.hint);
            tryVerify(() => rehearsal.spoken(view).some(sentence => sentence.startsWith("AlertMessage: Both are outputs.")));
        }

        function test_a_cable_let_go_on_the_ground_says_what_it_needs() {
            const before = rehearsal.cables();
            drag(port("Instrument", true), Qt.point(canvas.width - 20, 200));
            compare(rehearsal.cables(), before);
            compare(patch.hint, "A cable needs a port at its other end.");
        }

        function test_the_same_cable_twice_is_refused() {
            const before = rehearsal.cables();
            drag(port("Instrument", true), port("Own strip", false));
            compare(rehearsal.cables(), before);
            compare(patch.hint, "These two are connected already.");
        }

        function test_what_is_wired_is_undone_and_done_again() {
            const before = rehearsal.cables();
            drag(port("Own strip", true), port("Master", false));
            const after = rehearsal.cables();
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            compare(rehearsal.cables(), before);
            compare(findChild(view, "redoButton").tip, "Redo: Connect");
            keyClick(Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier);
            compare(rehearsal.cables(), after);
            mouseClick(findChild(view, "undoButton"));
            compare(rehearsal.cables(), before);
            verify(!findChild(view, "undoButton").enabled);
        }

        function test_a_card_is_dragged_and_the_ground_is_panned() {
            const before = rehearsal.middleOf(rehearsal.cardPlace("Master"));
            const from = headOf("Master");
            drag(from, Qt.point(from.x + 60, from.y + 40));
            const after = rehearsal.middleOf(rehearsal.cardPlace("Master"));
            fuzzyCompare(after.x - before.x, 60 / canvas.zoom, 2);
            fuzzyCompare(after.y - before.y, 40 / canvas.zoom, 2);
            const origin = Qt.point(canvas.origin.x, canvas.origin.y); // a copy
            drag(Qt.point(40, 400), Qt.point(140, 450));
            compare(canvas.origin, Qt.point(origin.x + 100, origin.y + 50));
            compare(rehearsal.middleOf(rehearsal.cardPlace("Master")), after);
        }

        function test_the_wheel_pans_and_with_ctrl_it_zooms_about_the_pointer() {
            const origin = Qt.point(canvas.origin.x, canvas.origin.y); // a copy
            rehearsal.turnWheel(canvas, Qt.point(400, 300), 1, Qt.NoModifier);
            compare(canvas.origin, Qt.point(origin.x, origin.y + 60));
            const at = Qt.point(400, 300);
            const beneath = canvas.toCanvas(at);
            const zoom = canvas.zoom;
            rehearsal.turnWheel(canvas, at, 2, Qt.ControlModifier);
            verify(canvas.zoom > zoom);
            fuzzyCompare(canvas.toCanvas(at).x, beneath.x, 2);
            fuzzyCompare(canvas.toCanvas(at).y, beneath.y, 2);
        }

        function test_keys_zoom() {
            keyClick(Qt.Key_0);
            compare(canvas.zoom, 1);
            keyClick(Qt.Key_Plus);
            compare(canvas.zoom, 1.25);
            keyClick(Qt.Key_Minus);
            compare(canvas.zoom, 1);
            for (let i = 0; i < 30; ++i)
                keyClick(Qt.Key_Minus);
            verify(canvas.zoom >= 0.2);
            keyClick(Qt.Key_F);
            const middle = canvas.toView(rehearsal.middleOf(rehearsal.cardPlace("Master")));
            verify(middle.x > 0 && middle.x < canvas.width);
        }

        function test_a_band_around_cards_chooses_them() {
            rehearsal.showPatch("studio");
            canvas.fit();
            drag(Qt.point(2, 2), Qt.point(canvas.width - 2, canvas.height - 2), Qt.ShiftModifier);
            compare(patch.selection.count, rehearsal.modules().length);
            mouseClick(canvas, 3, canvas.height - 200);
            compare(patch.selection.count, 0);
        }

        // By keys

        function test_a_cable_by_keys() {
            focusCard("Own strip");
            keys(Qt.Key_C);
            verify(patch.focus.isPulling);
            verify(rehearsal.focused(view).startsWith("Button: Input "), rehearsal.focused(view));
            for (let i = 0; i < 10 && rehearsal.focused(view) !== "Button: Input in of Master"; ++i)
                keys(i % 2 ? Qt.Key_Down : Qt.Key_Right);
            compare(rehearsal.focused(view), "Button: Input in of Master");
            keys(Qt.Key_Return);
            verify(!patch.focus.isPulling);
            verify(rehearsal.cables().includes("Own strip > Master"));
        }

        function test_a_cable_that_was_begun_is_left_by_escape() {
            const before = rehearsal.cables();
            focusCard("Own strip");
            keys(Qt.Key_C, Qt.Key_Escape);
            verify(!patch.focus.isPulling);
            compare(rehearsal.focused(view), "Button: Output out of Own strip");
            compare(rehearsal.cables(), before);
        }

        function test_arrows_go_from_card_to_card_and_enter_into_its_ports() {
            focusCard("Instrument");
            keys(Qt.Key_Right);
            compare(rehearsal.focused(view), "Grouping: Own strip, Strip");
            keys(Qt.Key_Left);
            compare(rehearsal.focused(view), "Grouping: Instrument, From the device");
            keys(Qt.Key_Return);
            compare(rehearsal.focused(view), "Button: Output out of Instrument");
            keys(Qt.Key_Return);
            compare(rehearsal.focused(view), "Slider: Instrument to Own strip");
            keys(Qt.Key_Escape);
            compare(rehearsal.focused(view), "Button: Output out of Instrument");
            keys(Qt.Key_Escape);
            compare(rehearsal.focused(view), "Grouping: Instrument, From the device");
        }

        function test_tab_goes_through_the_cards() {
            focusCard("Instrument");
            const found = [];
            for (let i = 0; i < 12; ++i) {
                keyClick(Qt.Key_Tab);
                found.push(rehearsal.focused(view));
            }
            for (const name of ["Own strip", "Metronome strip", "Master"])
                verify(found.includes("Grouping: %1, Strip".arg(name)), found.join(" / "));
        }

        function test_a_cables_gain_by_keys() {
            focusCard("Instrument");
            keys(Qt.Key_Return, Qt.Key_Return, Qt.Key_Down, Qt.Key_Down, Qt.Key_Down);
            compare(patch.selection.cable.gain, -3);
            keyClick(Qt.Key_Up, Qt.ShiftModifier);
            compare(patch.selection.cable.gainText, "−2.9\u00a0dB");
            compare(patch.undoable, "Gain of a cable");
            keyClick(Qt.Key_Z, Qt.ControlModifier); // the hand was on its way: one edit
            rehearsal.advance(1000);
            rehearsal.leave("nobody");
            compare(patch.selection.cable.gain, 0);
        }

        function test_the_gain_of_a_chosen_cable_is_a_slider() {
            focusCard("Instrument");
            keys(Qt.Key_Return, Qt.Key_Return);
            const slider = findChild(view, "cableGain");
            tryVerify(() => slider.visible);
            compare(slider.name, "Gain of the cable Instrument to Own strip");
            slider.forceActiveFocus();
            keys(Qt.Key_Left);
            compare(patch.selection.cable.gain, -1);
        }

        function test_delete_takes_a_cable_off_and_the_keyboard_stays_near() {
            focusCard("Instrument");
            keys(Qt.Key_Return, Qt.Key_Return, Qt.Key_Delete);
            verify(!rehearsal.cables().includes("Instrument > Own strip"));
            compare(rehearsal.focused(view), "Button: Output out of Instrument");
        }

        function test_what_tutti_needs_stays_and_says_so() {
            const before = rehearsal.modules();
            focusCard("Master");
            keys(Qt.Key_Delete);
            compare(rehearsal.modules(), before);
            verify(patch.hint.startsWith("“Master” stays:"), patch.hint);
        }

        function test_cards_are_moved_by_keys() {
            const before = rehearsal.middleOf(rehearsal.cardPlace("Master"));
            focusCard("Master");
            keyClick(Qt.Key_Down, Qt.ControlModifier);
            keyClick(Qt.Key_Down, Qt.ControlModifier);
            compare(rehearsal.middleOf(rehearsal.cardPlace("Master")).y - before.y, 48);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            compare(rehearsal.middleOf(rehearsal.cardPlace("Master")), before);
        }
    }
}
