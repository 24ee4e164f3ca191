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
        isInRoom: true
    }
    SignalSpy {
        id: spy
        target: rehearsal.wishes
    }

    TestCase {
        name: "Name and sound device are asked for once"
        when: windowShown

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("alone");
            rehearsal.showJam("lobby");
            view.back();
            view.isInRoom = false;
        }

        function test_a_server_that_tries_ones_rooms_is_wished_for_when_it_can_be_read() {
            view.askSound();
            const server = findChild(view, "knownServer");
            verify(server.visible);
            watch("knownServerWanted");
            server.text = "https://studio.example";
            mouseClick(findChild(view, "introduce"));
            compare(spy.count, 0);
            verify(server.activeFocus);
            server.text = "studio.example:7000";
            mouseClick(findChild(view, "introduce"));
            compare(spy.count, 1);
            verify(!server.visible);
        }

        function watch(signalName) {
            spy.signalName = signalName;
            spy.clear();
        }

        function openForTheFirstTime() {
            watch("devicesWanted");
            rehearsal.showJam("first-run");
            view.isInRoom = true;
            waitForRendering(view);
            compare(spy.count, 1);
        }

        function test_who_only_keeps_time_is_not_asked() {
            rehearsal.showJam("first-run");
            verify(!rehearsal.texts(view).includes("Welcome. Who plays?"));
            view.isInRoom = true;
            verify(rehearsal.texts(view).includes("Welcome. Who plays?"));
            view.back();
            view.isInRoom = false;
            view.isInRoom = true;
            verify(!rehearsal.texts(view).includes("Welcome. Who plays?")); // later was said
        }

        function test_the_first_time_it_opens_by_itself() {
            openForTheFirstTime();
            verify(rehearsal.texts(view).includes("Welcome. Who plays?"));
            verify(rehearsal.texts(view).includes("You are on Wi-Fi: a network cable makes it tighter."));
            verify(rehearsal.spoken(view).includes("Graphic: Level of input 1"));
        }

        function test_who_we_are() {
            openForTheFirstTime();
            watch("introduced");
            for (const letter of "Mika")
                keyClick(letter);
            keyClick(Qt.Key_Tab);
            for (const letter of "Oboe")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            compare(spy.signalArguments[0][0], "Mika");
            compare(spy.signalArguments[0][1], "Oboe");
            verify(!rehearsal.texts(view).includes("Welcome. Who plays?"));
        }

        function test_without_a_name_it_stays() {
            openForTheFirstTime();
            watch("introduced");
            keyClick(Qt.Key_Return);
            compare(spy.count, 0);
            verify(rehearsal.texts(view).includes("Welcome. Who plays?"));
            keyClick(Qt.Key_Escape);
            verify(!rehearsal.texts(view).includes("Welcome. Who plays?"));
        }

        function test_a_device_is_chosen_with_the_keyboard() {
            openForTheFirstTime();
            watch("deviceWanted");
            const choice = findChild(view, "deviceChoice");
            compare(choice.displayText, "Scarlett 2i2 USB");
            choice.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            compare(spy.count, 1);
            compare(choice.displayText, "Built-in audio");
        }

        function test_the_keyboard_stays_in_the_sheet() {
            openForTheFirstTime();
            for (let i = 0; i < 20; ++i) {
                keyClick(Qt.Key_Tab);
                verify(!/Play|Link|Gain/.test(rehearsal.focused(view)), rehearsal.focused(view));
            }
        }

        function test_it_can_be_opened_again() {
            view.isInRoom = true;
            waitForRendering(view);
            mouseClick(findChild(view, "soundKey"));
            waitForRendering(view);
            verify(rehearsal.texts(view).includes("Name and sound device"));
            compare(findChild(view, "ownName").text, "Mika");
        }

        function test_a_lost_device_is_a_banner_on_both_pages() {
            rehearsal.showJam("device-lost");
            const words = "Scarlett 2i2 USB is gone. The others hear silence; it is waited for.";
            for (const isInRoom of [true, false, true]) {
                view.isInRoom = isInRoom;
                verify(rehearsal.spoken(view).includes("AlertMessage: " + words));
            }
            rehearsal.showJam("mixer-4");
            verify(!rehearsal.texts(view).includes(words));
        }

        function test_a_lost_device_may_give_way_to_another() {
            rehearsal.showJam("device-lost");
            const remedy = rehearsal.button(view, "Choose a device…");
            verify(remedy);
            mouseClick(remedy);
            verify(rehearsal.texts(view).includes("Name and sound device"));
            verify(!remedy.visible);
        }

        function test_recording_shows_how_long() {
            view.isInRoom = true;
            rehearsal.showJam("recording");
            verify(rehearsal.texts(view).includes("12:34"));
        }

        function test_after_a_recording_it_is_told_where_it_is() {
            rehearsal.showJam("recording");
            rehearsal.showJam("mixer-4");
            const words = "The recording is in /home/mika/Music/Tutti/2026-05-01 Kitchen";
            verify(rehearsal.texts(view).includes(words));
            rehearsal.showJam("recording");
            watch("recordWanted");
            mouseClick(rehearsal.named(view, "Dismiss"));
            verify(!rehearsal.texts(view).includes(words));
        }

        function test_a_full_disk_is_told_until_it_is_dismissed() {
            rehearsal.showJam("mixer-4");
            rehearsal.showJam("disk-full");
            const words = "The disk is full: the recording has ended. What was recorded is kept.";
            verify(rehearsal.spoken(view).includes("AlertMessage: " + words));
            mouseClick(rehearsal.named(view, "Dismiss"));
            rehearsal.showJam("disk-full");
            verify(!rehearsal.texts(view).includes(words));
        }

        function test_a_cable_is_measured_in_the_sound_sheet() {
            view.isInRoom = true;
            rehearsal.showJam("lobby");
            view.askSound();
            waitForRendering(view);
            watch("cableWanted");
            mouseClick(rehearsal.button(view, "Measure"));
            compare(spy.count, 1);
            rehearsal.showJam("cable-measuring");
            waitForRendering(view);
            verify(!rehearsal.button(view, "Measuring…").enabled);
            rehearsal.showJam("cable-missing");
            waitForRendering(view);
            verify(rehearsal.spoken(view).includes("AlertMessage: Nothing came back: is the cable in output 1 and input 1?"));
            rehearsal.showJam("cable-measured");
            waitForRendering(view);
            verify(rehearsal.texts(view).includes("Out and in again takes 6.5\u00a0ms, 2.5\u00a0ms more than the device says: counted from now on, half in, half out."));
        }
    }
}
