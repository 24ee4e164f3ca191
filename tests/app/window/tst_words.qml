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
        name: "Longer words and larger letters fit"
        when: windowShown

        property Rehearsal rehearsal

        function init() {
            rehearsal = createTemporaryObject(rehearsals, root);
        }

        function cleanup() {
            rehearsal.speakPseudo(false);
            Theme.textScale = 1;
        }

        function open(width, height, snapshot) {
            root.width = width;
            root.height = height;
            rehearsal.show(snapshot);
            const view = createTemporaryObject(views, root, {stage: rehearsal.stage});
            waitForRendering(view);
            return view;
        }

        function test_fits_data() {
            const rows = [];
            for (const [width, height] of [[960, 640], [860, 600], [640, 480], [640, 372], [1600, 1000]])
                for (const snapshot of ["alone", "three-peers", "playing", "count-in", "link-off", "port-taken"])
                    for (const isPseudo of [false, true])
                        rows.push({tag: "%1×%2 %3%4".arg(width).arg(height).arg(snapshot).arg(isPseudo ? ", 30 % longer" : ""), width: width, height: height, snapshot: snapshot, isPseudo: isPseudo});
            return rows;
        }
        function test_fits(data) {
            rehearsal.speakPseudo(data.isPseudo);
            const view = open(data.width, data.height, data.snapshot);
            compare(rehearsal.clippedTexts(view), []);
            compare(rehearsal.texts(view).includes(data.isPseudo ? "Têêmpôô" : "Tempo"), true);
        }

        function test_large_letters_data() {
            return [{tag: "125 %", scale: 1.25}, {tag: "150 %", scale: 1.5}, {tag: "200 %", scale: 2}];
        }
        function test_large_letters(data) {
            Theme.textScale = data.scale;
            const view = open(960 * data.scale, 640 * data.scale, "playing");
            compare(rehearsal.clippedTexts(view), []);
        }

        function test_the_peers_page_fits() {
            rehearsal.speakPseudo(true);
            const view = open(640, 480, "three-peers");
            view.toggleCompany();
            waitForRendering(view);
            compare(rehearsal.clippedTexts(view.companyPage), []);
        }
    }
}
