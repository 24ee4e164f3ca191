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

        function open(width, height, snapshot) {
            root.width = width;
            root.height = height;
            rehearsal.show(snapshot);
            view = views.createObject(root, {stage: rehearsal.stage});
            waitForRendering(view);
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
            open(data.width, data.height, data.snapshot);
            compare(rehearsal.clippedTexts(view), []);
            compare(rehearsal.texts(view).includes(data.isPseudo ? "Têêmpôô" : "Tempo"), true);
        }

        function test_large_letters_data() {
            return [{tag: "125 %", scale: 1.25}, {tag: "150 %", scale: 1.5}, {tag: "200 %", scale: 2}];
        }
        function test_large_letters(data) {
            Theme.textScale = data.scale;
            open(960 * data.scale, 640 * data.scale, "playing");
            compare(rehearsal.clippedTexts(view), []);
        }

        function test_the_room_fits_data() {
            const rows = [];
            for (const [width, height, languages] of [[1280, 720, [true]], [960, 640, [false, true]], [640, 372, [true]]])
                for (const jam of ["lobby", "refused", "other-host", "wireless", "mixer-1", "mixer-4", "solo", "room-host", "joining", "lost", "first-run", "device-lost", "recording", "disk-full", "test-alone", "steady", "beats", "room-wireless"])
                    for (const isPseudo of languages)
                        rows.push({tag: "%1×%2 %3%4".arg(width).arg(height).arg(jam).arg(isPseudo ? ", 30 % longer" : ""), width: width, height: height, jam: jam, isPseudo: isPseudo});
            return rows;
        }
        function test_the_room_fits(data) {
            rehearsal.speakPseudo(data.isPseudo);
            rehearsal = createTemporaryObject(rehearsals, root); // strips get their names when they are made
            rehearsal.showJam(data.jam);
            open(data.width, data.height, "playing");
            view.isInRoom = true;
            waitForRendering(view);
            compare(rehearsal.clippedTexts(view), []);
            const isPage = data.width < Theme.px(860);
            for (const isDelay of [false, true]) {
                view.roomPage.wantsDelay = isDelay;
                if (isPage && !view.isCompanyShown)
                    view.toggleCompany();
                waitForRendering(view);
                compare(rehearsal.clippedTexts(view), []);
            }
            view.roomPage.wantsBridge = true;
            for (const bridge of ["off", "one-site", "good", "poor", "relay", "out-of-reach"]) {
                rehearsal.showBridge(bridge);
                // Columns in columns take more than one frame until their words have broken into lines.
                for (let frame = 0; frame < 50 && rehearsal.clippedTexts(view).length > 0; ++frame)
                    wait(10);
                compare(rehearsal.clippedTexts(view), []);
            }
        }

        function test_ways_in_for_friends_elsewhere_fit_data() {
            const rows = [];
            for (const [width, height] of [[1280, 720], [960, 640], [640, 372]])
                for (const isPseudo of [false, true])
                    rows.push({tag: "%1×%2%3".arg(width).arg(height).arg(isPseudo ? ", 30 % longer" : ""), width: width, height: height, isPseudo: isPseudo});
            return rows;
        }
        function test_ways_in_for_friends_elsewhere_fit(data) {
            rehearsal.speakPseudo(data.isPseudo);
            rehearsal.showJam("room-host");
            open(data.width, data.height, "playing");
            view.isInRoom = true;
            if (data.width < Theme.px(860) && !view.isCompanyShown)
                view.toggleCompany();
            for (const reach of ["asking", "open", "untested", "no-router", "silent", "denied", "full", "no-line", "unfit", "behind-another", "blocked"]) {
                rehearsal.showReach(reach);
                waitForRendering(view);
                compare(rehearsal.clippedTexts(view), []);
            }
            view.askSound();
            waitForRendering(view);
            compare(rehearsal.clippedTexts(view), []);
        }

        function test_large_letters_in_the_room_data() {
            return test_large_letters_data();
        }
        function test_large_letters_in_the_room(data) {
            Theme.textScale = data.scale;
            rehearsal.showJam("room-host");
            open(960 * data.scale, 640 * data.scale, "playing");
            view.isInRoom = true;
            waitForRendering(view);
            compare(rehearsal.clippedTexts(view), []);
        }

        function test_at_200_percent_of_a_small_screen_nothing_scrolls_data() {
            return [{tag: "plain", isPseudo: false}, {tag: "30 % longer", isPseudo: true}];
        }
        function test_at_200_percent_of_a_small_screen_nothing_scrolls(data) {
            rehearsal.speakPseudo(data.isPseudo);
            open(640, 372, "playing"); // 1280 × 800 without the desktop's bars
            const player = findChild(view, "player");
            verify(player.contentHeight <= player.height, "%1 in %2".arg(player.contentHeight).arg(player.height));
        }

        function test_whatever_size_it_had_before() {
            open(960, 640, "three-peers");
            for (const [width, height] of [[640, 400], [960, 640], [860, 400], [640, 640], [1600, 1000], [640, 372]]) {
                root.width = width;
                root.height = height;
                waitForRendering(view);
                compare(rehearsal.clippedTexts(view), []);
                const player = findChild(view, "player");
                compare(player.width, width >= 860 ? width - Theme.panelWidth : width);
            }
        }

        function test_the_peers_page_fits() {
            rehearsal.speakPseudo(true);
            open(640, 480, "three-peers");
            view.toggleCompany();
            waitForRendering(view);
            compare(rehearsal.clippedTexts(view.companyPage), []);
        }
    }
}
