import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 1280
    height: 820

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
    TextEdit {
        id: clipboard
        visible: false
    }

    TestCase {
        name: "A room is found, hosted, joined and left"
        when: windowShown

        property Item panel

        function initTestCase() {
            panel = findChild(view, "roomPanel");
        }

        function init() {
            rehearsal.advance(1000);
            rehearsal.show("three-peers");
            show("lobby");
        }

        function show(jam) {
            rehearsal.showJam(jam);
            waitForRendering(view);
        }

        function watch(signalName) {
            spy.signalName = signalName;
            spy.clear();
        }

        function type(item, text) {
            item.forceActiveFocus();
            item.text = "";
            for (const letter of text)
                keyClick(letter);
        }

        function press(name) {
            mouseClick(rehearsal.named(panel, name));
        }

        /// Scrolls to a button and clicks it.
        function reach(name) {
            const button = findChild(panel, name);
            button.forceActiveFocus(Qt.TabFocusReason);
            waitForRendering(view);
            mouseClick(button);
        }

        function verifyTexts(wanted) {
            for (const text of wanted)
                verify(rehearsal.texts(view).includes(text), "“%1” is not among %2".arg(text).arg(rehearsal.texts(view).join(" / ")));
        }

        function test_rooms_are_listed() {
            verifyTexts(["On this network", "Kitchen", "3 players", "Choir hall", "Joined before", "Tuesday band"]);
        }

        function test_the_beat_page_tells_that_there_are_rooms() {
            view.isInRoom = false;
            verify(rehearsal.spoken(view).includes("PageTab: Room, 2 on this network"));
            view.isInRoom = true;
        }

        function test_in_a_small_window_there_is_a_way_to_the_rooms() {
            root.width = 640;
            waitForRendering(view);
            mouseClick(rehearsal.button(view, "Find a room"));
            verifyTexts(["On this network", "Host a room"]);
            view.back();
            root.width = 1280;
            waitForRendering(view);
        }

        function test_a_click_joins() {
            watch("joinWanted");
            press("Join Kitchen");
            compare(spy.signalArguments[0][0], "tutti://192.168.1.20/kitchen");
            compare(spy.signalArguments[0][1], "");
        }

        function test_a_room_with_a_password_asks_for_it() {
            watch("joinWanted");
            press("Join Choir hall");
            compare(spy.count, 0);
            verifyTexts(["“Choir hall” has a password"]);
            for (const letter of "amber")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            compare(spy.signalArguments[0][0], "tutti://192.168.1.31/hall");
            compare(spy.signalArguments[0][1], "amber");
        }

        function test_a_wrong_password_says_so_and_asks_again() {
            show("refused");
            verifyTexts(["The password is not that of this room.", "“Choir hall” has a password"]);
        }

        function test_a_room_joined_before_is_joined_by_a_click_or_forgotten() {
            watch("joinWanted");
            press("Join Tuesday band");
            compare(spy.signalArguments[0][0], "tutti://play.example.org/tuesday");
            watch("forgetRoomWanted");
            press("Forget Tuesday band");
            compare(spy.signalArguments[0][0], "tutti://play.example.org/tuesday");
        }

        function test_only_what_is_remembered_can_be_forgotten() {
            compare(rehearsal.named(panel, "Forget Kitchen"), null);
        }

        function test_another_host_is_told_and_joined_only_on_our_word() {
            show("other-host");
            verify(rehearsal.texts(view).some(text => text.startsWith("“Kitchen” is on another computer")));
            watch("joinAnywayWanted");
            press("Join Kitchen anyway");
            compare(spy.signalArguments[0][0], "tutti://192.168.1.20/kitchen#v1..");
            show("lobby");
            compare(rehearsal.named(panel, "Join Kitchen anyway"), null);
        }

        function test_a_link_that_was_opened_is_asked_about_and_never_joined_by_itself() {
            watch("joinWanted");
            view.isInRoom = false;
            rehearsal.open("tutti://play.example.org/Jazz%20cellar#v1..");
            verify(view.isInRoom);
            verifyTexts(["You are invited to “Jazz cellar”", "Its server is play.example.org."]);
            compare(spy.count, 0);
            mouseClick(rehearsal.button(panel, "Not now"));
            compare(rehearsal.button(panel, "Not now"), null);
            compare(spy.count, 0);
            rehearsal.open("tutti://play.example.org/Jazz%20cellar#v1..");
            waitForRendering(view);
            mouseClick(findChild(panel, "acceptInvitation"));
            compare(spy.signalArguments[0][0], "tutti://play.example.org/Jazz%20cellar#v1..");
            compare(rehearsal.button(panel, "Not now"), null);
        }

        function test_on_wifi_a_cable_is_recommended_where_rooms_are() {
            const sentence = "You are on Wi-Fi: a network cable makes it tighter.";
            verify(!rehearsal.texts(panel).includes(sentence));
            show("wireless");
            verifyTexts([sentence]);
        }

        function test_an_invitation_is_checked_before_it_is_tried() {
            watch("joinWanted");
            const field = findChild(panel, "invitation");
            type(field, "http://example.org");
            keyClick(Qt.Key_Return);
            compare(spy.count, 0);
            verifyTexts(["An invitation begins with tutti://"]);
            field.text = "  tutti://play.example.org/x#v1.abc.  ";
            mouseClick(findChild(panel, "joinByInvitation"));
            compare(spy.signalArguments[0][0], "tutti://play.example.org/x#v1.abc.");
        }

        function test_a_room_needs_a_name() {
            watch("hostWanted");
            findChild(panel, "roomName").text = "";
            reach("host");
            compare(spy.count, 0);
            verifyTexts(["The room needs a name"]);
        }

        function test_hosting_in_public_is_called_so() {
            watch("hostWanted");
            verifyTexts(["Without a password it is public: whoever finds it may join, and its server could listen."]);
            findChild(panel, "roomName").text = "Attic";
            reach("host");
            compare(spy.signalArguments[0][0], "Attic");
            compare(spy.signalArguments[0][1], "");
            compare(spy.signalArguments[0][2], true);
        }

        function test_a_room_may_be_for_the_invited_only() {
            watch("hostWanted");
            findChild(panel, "roomName").text = "Attic";
            const onlyInvited = findChild(panel, "onlyInvited");
            onlyInvited.activate();
            verifyTexts(["Sealed end to end. The room is in nobody's list: send its invitation to your friends."]);
            reach("host");
            compare(spy.signalArguments[0][1], "");
            compare(spy.signalArguments[0][2], false);
            findChild(panel, "roomPassword").text = "amber willow trumpet";
            verify(!onlyInvited.visible);
            reach("host");
            compare(spy.signalArguments[1][2], false);
            findChild(panel, "roomPassword").text = "";
            onlyInvited.activate();
        }

        function test_five_words_are_proposed() {
            watch("hostWanted");
            findChild(panel, "roomName").text = "Attic";
            reach("useProposal");
            verifyTexts(["Sealed end to end: only people in the room can listen; the server cannot."]);
            reach("host");
            compare(spy.signalArguments[0][1], "amber willow trumpet harbor seven");
            findChild(panel, "roomPassword").text = "";
        }

        function test_a_short_password_is_refused() {
            watch("hostWanted");
            findChild(panel, "roomName").text = "Attic";
            findChild(panel, "roomPassword").text = "short";
            reach("host");
            compare(spy.count, 0);
            verifyTexts(["A password has at least 12 characters"]);
            findChild(panel, "roomPassword").text = "";
        }

        function test_one_button_tests_alone() {
            watch("aloneWanted");
            reach("testAlone");
            compare(spy.count, 1);
            mouseClick(rehearsal.button(view, "Test alone")); // the mixer's
            compare(spy.count, 2);
        }

        function test_who_hosts_sees_whether_friends_elsewhere_get_in() {
            show("room-host");
            const reach = findChild(panel, "reach");
            const cure = findChild(panel, "reachCure");
            verify(!reach.visible);
            rehearsal.showReach("open");
            verify(reach.visible);
            verify(!cure.visible);
            compare(reach.text, "Friends anywhere can join with this invitation.");
            rehearsal.showReach("denied");
            verify(reach.text.includes("set up not to open ports"));
            verify(cure.visible);
            verify(cure.text.includes("forward TCP port 7885 and UDP port 7885 to 192.168.178.120"));
            rehearsal.showNoReach();
            verify(!reach.visible);
        }

        function test_alone_there_is_nobody_to_invite_or_to_talk_to() {
            show("test-alone");
            verifyTexts(["You and Echo", "Leave"]);
            const texts = rehearsal.texts(panel);
            verify(!texts.includes("Copy the invitation"));
            verify(!texts.some(text => text.startsWith("Sealed") || text.startsWith("Public")));
            verify(!findChild(panel, "say").visible);
            watch("leaveWanted");
            mouseClick(findChild(panel, "leave"));
            compare(spy.count, 1);
        }

        function test_joining_can_be_cancelled() {
            show("joining");
            verifyTexts(["Joining “Kitchen”…"]);
            watch("leaveWanted");
            mouseClick(rehearsal.button(panel, "Cancel"));
            compare(spy.count, 1);
        }

        function test_the_invitation_is_copied() {
            show("mixer-1");
            mouseClick(findChild(panel, "copyInvitation"));
            verifyTexts(["Copied: send it to your friends"]);
            clipboard.text = "";
            clipboard.paste();
            compare(clipboard.text, "tutti://192.168.1.20:7300/kitchen#v1.c2VjcmV0.ZmluZ2VycHJpbnQ");
        }

        function test_a_lost_room_says_why() {
            show("lost");
            verifyTexts(["The room's server at 192.168.1.20 does not answer. Is it running, and is the network there?", "silent"]);
        }

        function test_only_a_host_can_send_away() {
            show("mixer-4");
            compare(rehearsal.named(panel, "Send Anna away"), null);
            show("room-host");
            watch("kickWanted");
            press("Send Anna away");
            compare(spy.count, 0);
            press("Really send Anna away");
            compare(spy.count, 1);
        }

        function test_a_host_mutes_and_locks() {
            show("room-host");
            watch("muteMemberWanted");
            press("Mute Anna for everybody");
            compare(spy.signalArguments[0][1], true);
            press("Mute David for everybody");
            compare(spy.signalArguments[1][1], false);
            watch("lockWanted");
            press("Lock the room");
            compare(spy.signalArguments[0][0], true);
            watch("leaveWanted");
            press("Close the room for everybody");
            compare(spy.count, 0);
            verifyTexts(["Close for all?"]);
            press("Really close the room for everybody");
            compare(spy.count, 1);
        }

        function test_a_host_who_plays_an_instrument_is_shown_as_both() {
            show("mixer-4");
            verifyTexts(["Violin · host"]);
        }

        function test_chat() {
            show("mixer-1");
            verifyTexts(["Do you hear me well?", "As if you stood here."]);
            watch("sayWanted");
            const field = findChild(panel, "say");
            type(field, "Yes!");
            keyClick(Qt.Key_Return);
            compare(spy.signalArguments[0][0], "Yes!");
            compare(field.text, "");
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
        }

        function test_chat_ends_at_500_characters() {
            show("mixer-1");
            const field = findChild(panel, "say");
            field.text = "x".repeat(460);
            verifyTexts(["40 characters left"]);
            field.forceActiveFocus();
            for (let i = 0; i < 45; ++i)
                keyClick("y");
            compare(field.text.length, 500);
            field.text = "";
        }

        function test_letters_are_written_not_obeyed() {
            show("mixer-1");
            const isOn = rehearsal.stage.band.metronome.isOn;
            type(findChild(panel, "say"), "mb qa");
            compare(findChild(panel, "say").text, "mb qa");
            compare(rehearsal.stage.band.metronome.isOn, isOn);
            findChild(panel, "say").text = "";
        }
    }
}
