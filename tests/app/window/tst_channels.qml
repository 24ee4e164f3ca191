import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 1280
    height: 1000

    Rehearsal {
        id: rehearsal
    }
    StageView {
        id: view
        anchors.fill: parent
        stage: rehearsal.stage
    }
    SignalSpy {
        id: turned
        target: rehearsal.stage.outside.channels
        signalName: "turnWanted"
    }
    SignalSpy {
        id: listened
        target: rehearsal.stage.outside.channels
        signalName: "listenWanted"
    }
    SignalSpy {
        id: stopped
        target: rehearsal.stage.outside.channels
        signalName: "stopWanted"
    }
    SignalSpy {
        id: placed
        target: rehearsal.stage.outside.channels
        signalName: "placeWanted"
    }
    SignalSpy {
        id: published
        target: rehearsal.stage.outside.channels
        signalName: "publishWanted"
    }
    SignalSpy {
        id: everybody
        target: rehearsal.stage.outside.channels
        signalName: "everybodyWanted"
    }
    SignalSpy {
        id: withdrawn
        target: rehearsal.stage.outside.channels
        signalName: "withdrawWanted"
    }

    SignalSpy {
        id: carried
        target: rehearsal.stage.outside.channels
        signalName: "carryWanted"
    }

    TestCase {
        name: "Channels of the Link session"
        when: windowShown

        property Item side

        function init() {
            rehearsal.show("alone");
            rehearsal.showJam("mixer-4");
            rehearsal.showPatch("studio");
            rehearsal.showChannels("some");
            view.turnTo("patch");
            view.wantsSessions = true;
            side = findChild(view, "patchSide");
            side.isChannels = true;
            tryVerify(() => rehearsal.texts(side).includes("Drums"));
            findChild(side, "channelsPanel").contentY = 0;
            waitForRendering(side);
            for (const spy of [turned, listened, stopped, placed, published, everybody, withdrawn, carried])
                spy.clear();
        }

        function cleanup() {
            side.isChannels = false;
            view.wantsSessions = false;
            view.turnTo("beat");
        }

        function press(name) {
            const control = rehearsal.named(side, name);
            verify(control !== null, name);
            control.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
        }

        function test_oneOfThreePagesIsShown() {
            side.isOutside = true;
            verify(!side.isChannels);
            mouseClick(findChild(side, "channelsTab"));
            verify(side.isChannels);
            verify(!side.isOutside);
            mouseClick(findChild(side, "sessionsTab"));
            verify(!side.isChannels);
            verify(!findChild(side, "channelsPanel").visible);
        }

        function test_aProgramIsNamedOnceAboveItsChannels() {
            compare(rehearsal.texts(side).filter(text => text === "Live").length, 1);
        }

        function test_aChannelIsListenedToAndStopped() {
            press("Listen to Main of Live");
            compare(listened.count, 1);
            press("Stop listening to Track 1 of Move");
            compare(stopped.count, 1);
            compare(stopped.signalArguments[0][0], "Move / Track 1");
        }

        function test_aChannelIsLiveOrOnTheBeat() {
            press("Bass of Live on the beat");
            compare(placed.count, 1);
            press("More beats for Drums of Live");
            compare(placed.count, 2);
            compare(placed.signalArguments[1][0], "Live / Drums");
        }

        function test_whatIsWrongIsSaid() {
            verify(rehearsal.texts(side).includes("Move is not in the Link session"));
            rehearsal.showChannels("off");
            verify(rehearsal.texts(side).includes("Your patch has channels of other programs, but Link Audio is off here."));
            press("Link Audio");
            compare(turned.count, 1);
            compare(turned.signalArguments[0][0], true);
        }

        function test_theMixAndPlayersArePublished() {
            press("Publish Carla");
            compare(published.count, 1);
            press("Publish Mix no more");
            compare(withdrawn.signalArguments[0][0], "Mix");
            press("Publish everybody");
            compare(everybody.signalArguments[0][0], true);
        }

        function test_whatTheOtherSitesMayHaveIsOneSwitch() {
            verify(rehearsal.named(side, "Main of Live for the other sites") === null);
            rehearsal.showChannels("two sites");
            tryVerify(() => rehearsal.texts(side).includes("From Lisbon"));
            compare(rehearsal.texts(side).filter(text => text === "From Lisbon").length, 1);
            verify(rehearsal.texts(side).includes("Violin"));
            press("Main of Live for the other sites");
            compare(carried.count, 1);
            compare(carried.signalArguments[0][1], true);
            press("Bass of Live for the other sites");
            compare(carried.signalArguments[1][1], false);
            verify(rehearsal.named(side, "Violin from Lisbon for the other sites") === null);
        }

        function test_nobodyThereIsASentence() {
            rehearsal.showChannels("none");
            verify(rehearsal.texts(side).includes("Nobody publishes a channel"));
        }

        function test_longerWordsFit() {
            for (const channels of ["some", "two sites", "none", "off"]) {
                rehearsal.showChannels(channels);
                rehearsal.speakPseudo(true);
                wait(50);
                const clipped = rehearsal.clippedTexts(side);
                rehearsal.speakPseudo(false);
                compare(clipped, []);
            }
        }

        function test_largeLettersFit() {
            Theme.textScale = 2;
            root.width *= 2;
            root.height *= 2;
            wait(50);
            const clipped = rehearsal.clippedTexts(findChild(side, "channelsPanel"));
            root.width /= 2;
            root.height /= 2;
            Theme.textScale = 1;
            compare(clipped, []);
        }
    }
}
