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
    }
    SignalSpy {
        id: approved
        target: rehearsal.stage.outside.programs
        signalName: "approveWanted"
    }
    SignalSpy {
        id: added
        target: rehearsal.stage.outside.programs
        signalName: "addWanted"
    }
    SignalSpy {
        id: used
        target: rehearsal.stage.outside.streams
        signalName: "useWanted"
    }
    SignalSpy {
        id: offered
        target: rehearsal.stage.outside.streams
        signalName: "offerWanted"
    }

    TestCase {
        name: "Programs and streams come to the patch from outside"
        when: windowShown

        property Item side

        function init() {
            rehearsal.show("alone");
            rehearsal.showJam("mixer-4");
            rehearsal.showPatch("studio");
            rehearsal.showOutside();
            view.turnTo("patch");
            view.wantsSessions = true;
            side = findChild(view, "patchSide");
            side.isOutside = true;
            tryVerify(() => rehearsal.texts(side).includes("Organ"));
            findChild(side, "outsidePanel").contentY = 0;
            waitForRendering(side);
            for (const spy of [approved, added, used, offered])
                spy.clear();
        }

        function cleanup() {
            side.isOutside = false;
            view.wantsSessions = false;
            view.turnTo("beat");
        }

        function test_whatWaitsForAWordIsSeenFromOutside() {
            side.isOutside = false;
            compare(findChild(side, "outsideTab").badge, "1");
            verify(findChild(side, "outsideTab").spoken.includes("1"));
        }

        function test_theTabsStandInOneRow() {
            const tabs = ["sessionsTab", "outsideTab", "channelsTab"].map(name => findChild(side, name));
            compare(tabs[1].badge, "1");
            for (const tab of tabs)
                compare(tab.y, tabs[0].y, tab.text);
        }

        function test_programsAreApprovedTogether() {
            const button = rehearsal.button(side, "I know them, start them");
            verify(button !== null);
            mouseClick(button);
            compare(approved.count, 1);
        }

        function test_aProgramIsAddedByKeys() {
            const name = findChild(side, "programName");
            name.forceActiveFocus(Qt.TabFocusReason);
            name.text = "Choir";
            keyClick(Qt.Key_Return);
            const command = findChild(side, "programCommand");
            tryVerify(() => command.activeFocus);
            command.text = "/usr/bin/choir";
            keyClick(Qt.Key_Return);
            compare(added.count, 1);
            compare(added.signalArguments[0][0], "Choir");
            compare(added.signalArguments[0][1], "/usr/bin/choir");
            compare(name.text, "");
        }

        function test_aServersStreamsAreUsed() {
            const toggle = rehearsal.named(side, "Use the streams of Control room");
            verify(toggle !== null);
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(used.count, 1);
            compare(used.signalArguments[0][0], "Control room");
            compare(used.signalArguments[0][1], true);
        }

        function test_aStreamIsOffered() {
            const name = findChild(side, "offerName");
            name.forceActiveFocus(Qt.TabFocusReason);
            name.text = "Drums";
            keyClick(Qt.Key_Return);
            compare(offered.count, 1);
            compare(offered.signalArguments[0][0], "Drums");
        }

        function test_longerWordsFit() {
            rehearsal.speakPseudo(true);
            wait(50);
            const clipped = rehearsal.clippedTexts(side);
            rehearsal.speakPseudo(false);
            compare(clipped, []);
        }
    }
}
