import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root

    Component {
        id: rehearsals
        Rehearsal {}
    }
    Component {
        id: views
        StageView {
            anchors.fill: parent
        }
    }

    TestCase {
        name: "The patch fits"
        when: windowShown

        property Rehearsal rehearsal
        property StageView view

        function init() {
            rehearsal = createTemporaryObject(rehearsals, root);
        }

        function cleanup() {
            view.destroy();
            wait(0); // before what it shows
            rehearsal.speakPseudo(false);
            Theme.textScale = 1;
        }

        function open(width, height, desk) {
            root.width = width;
            root.height = height;
            rehearsal.show("playing");
            rehearsal.showJam("mixer-4");
            rehearsal.showPatch(desk);
            view = views.createObject(root, {stage: rehearsal.stage});
            view.turnTo("patch");
            waitForRendering(view);
        }

        function settle() {
            // Columns in columns take more than one frame until their words have broken into lines.
            for (let frame = 0; frame < 50 && rehearsal.clippedTexts(view).length > 0; ++frame)
                wait(10);
        }

        function checkAll() {
            const patch = rehearsal.stage.patch;
            settle();
            compare(rehearsal.clippedTexts(view), []);
            for (const name of ["Master", "Anna", "Reverb"]) {
                if (rehearsal.cardPlace(name) === "")
                    continue;
                patch.focus.visit(rehearsal.cardPlace(name), true);
                settle();
                compare(rehearsal.clippedTexts(view), []);
            }
            if (rehearsal.cablePlace("Reverb", "Echo") !== "") {
                patch.focus.visit(rehearsal.cablePlace("Reverb", "Echo"), true);
                settle();
                compare(rehearsal.clippedTexts(view), []);
            }
            patch.focus.renameAsked();
            patch.focus.addAsked();
            settle();
            compare(rehearsal.clippedTexts(view), []);
            findChild(view, "addField").close();
            findChild(view, "nameField").close();
            view.wantsSessions = true;
            rehearsal.keepSessions();
            settle();
            compare(rehearsal.clippedTexts(view), []);
            rehearsal.stage.sessions.saveAs("Tuesday band");
            rehearsal.stage.sessions.saveAs("The other band of Tuesdays, in winter");
            rehearsal.stage.sessions.saveAs("Tuesday band");
            settle();
            compare(rehearsal.clippedTexts(view), []);
        }

        function test_fits_data() {
            const rows = [];
            for (const [width, height] of [[1280, 720], [960, 640], [640, 372]])
                for (const desk of ["bare", "studio", "ghosts"])
                    for (const isPseudo of [false, true])
                        rows.push({tag: "%1×%2 %3%4".arg(width).arg(height).arg(desk).arg(isPseudo ? ", 30 % longer" : ""), width: width, height: height, desk: desk, isPseudo: isPseudo});
            return rows;
        }
        function test_fits(data) {
            rehearsal.speakPseudo(data.isPseudo);
            rehearsal = createTemporaryObject(rehearsals, root); // words of view-models are made once
            open(data.width, data.height, data.desk);
            checkAll();
        }

        function test_large_letters_data() {
            return [{tag: "125 %", scale: 1.25}, {tag: "150 %", scale: 1.5}, {tag: "200 %", scale: 2}];
        }
        function test_large_letters(data) {
            Theme.textScale = data.scale;
            open(960 * data.scale, 640 * data.scale, "studio");
            checkAll();
        }

        function test_who_sees_all_of_it_still_does_beside_a_panel() {
            open(1280, 720, "studio");
            const canvas = findChild(view, "canvas");
            const zoom = canvas.zoom;
            view.wantsSessions = true;
            tryVerify(() => canvas.zoom < zoom);
            view.wantsSessions = false;
            tryCompare(canvas, "zoom", zoom);
            canvas.zoomBy(1.25);
            const chosen = canvas.zoom;
            view.wantsSessions = true;
            waitForRendering(view);
            compare(canvas.zoom, chosen); // who looks elsewhere stays there
        }

        function cardsBeyondBars() {
            const canvas = findChild(view, "canvas");
            const half = 36 * canvas.zoom; // of a card with one row of ports
            return rehearsal.modules().filter(name => {
                const middle = canvas.toView(rehearsal.middleOf(rehearsal.cardPlace(name)));
                return middle.y - half < canvas.above - 1 || middle.y + half > canvas.height - canvas.below + 1;
            });
        }

        function test_all_of_it_is_between_the_bars_data() {
            return [{tag: "100 %", scale: 1}, {tag: "200 %", scale: 2}];
        }
        function test_all_of_it_is_between_the_bars(data) {
            Theme.textScale = data.scale;
            open(1280, 800, "studio");
            const canvas = findChild(view, "canvas");
            const tools = findChild(view, "patchTools");
            tryVerify(() => tools.height > 0 && canvas.above === tools.y + tools.height);
            tryVerify(() => cardsBeyondBars().length === 0, 1000, cardsBeyondBars().join(" / "));
            rehearsal.stage.patch.focus.visit(rehearsal.cardPlace("Master"), true);
            tryVerify(() => canvas.below > 0);
            const zoom = canvas.zoom;
            wait(50);
            compare(canvas.zoom, zoom); // nothing jumps under a hand
            canvas.fit();
            compare(cardsBeyondBars(), []);
        }

        function test_sessions_are_kept_opened_and_deleted() {
            open(1280, 760, "studio");
            view.wantsSessions = true;
            rehearsal.keepSessions();
            const name = findChild(view, "sessionName");
            tryVerify(() => name.visible);
            name.forceActiveFocus();
            for (const letter of "Trio")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            compare(rehearsal.stage.sessions.openName, "Trio");
            tryVerify(() => rehearsal.texts(view).includes("All of it is saved."));
            rehearsal.stage.patch.tidyUp();
            rehearsal.stage.patch.catalogue.add(0, 0, 0);
            rehearsal.compareSessions();
            tryVerify(() => rehearsal.texts(view).includes("Changed since it was saved."));
            const before = rehearsal.modules();
            mouseClick(rehearsal.named(view, "Open Trio"));
            compare(rehearsal.modules(), before); // it asks first
            mouseClick(findChild(view, "openAnyway"));
            compare(rehearsal.modules().length, before.length - 1);
            const remove = rehearsal.named(view, "Delete Trio");
            mouseClick(remove);
            compare(rehearsal.stage.sessions.count, 1);
            mouseClick(rehearsal.named(view, "Really delete Trio"));
            compare(rehearsal.stage.sessions.count, 0);
        }

        function test_a_file_that_is_wrong_is_refused_with_its_line() {
            open(1280, 760, "studio");
            view.wantsSessions = true;
            rehearsal.keepSessions("broken.yaml", "tutti-patch: 2\nmodules:\n  - id: many\n");
            tryVerify(() => rehearsal.texts(view).some(text => /line \d/.test(text)));
            const before = rehearsal.cables();
            rehearsal.stage.sessions.open("broken");
            compare(rehearsal.cables(), before);
            verify(rehearsal.stage.sessions.problem.endsWith("Everything plays on as before."));
        }
    }
}
