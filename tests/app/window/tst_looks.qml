import QtQuick
import QtTest
import Tutti
import Tutti.Rehearsal

Item {
    id: root
    width: 960
    height: 640

    Rehearsal {
        id: rehearsal
    }

    TestCase {
        name: "Both themes can be read by everybody"
        when: windowShown

        function cleanup() {
            Theme.isDark = true;
        }

        function themes() {
            return [{tag: "dark", isDark: true}, {tag: "light", isDark: false}];
        }

        function test_letters_data() {
            return themes();
        }
        function test_letters(data) {
            Theme.isDark = data.isDark;
            const pairs = [[Theme.text, Theme.background], [Theme.text, Theme.surface], [Theme.text, Theme.raised], [Theme.text, Theme.raisedHover], [Theme.text, Theme.raisedPressed], [Theme.muted, Theme.background], [Theme.muted, Theme.surface], [Theme.accent, Theme.surface], [Theme.accentInk, Theme.accent], [Theme.accentInk, Theme.accentHover], [Theme.accentInk, Theme.accentPressed], [Theme.alarm, Theme.background], [Theme.alarm, Theme.alarmSurface]];
            for (const [letters, ground] of pairs)
                verify(rehearsal.contrast(letters, ground) >= 4.5, "%1 on %2: %3".arg(letters).arg(ground).arg(rehearsal.contrast(letters, ground)));
        }

        function test_shapes_data() {
            return themes();
        }
        function test_shapes(data) {
            Theme.isDark = data.isDark;
            const pairs = [[Theme.outline, Theme.background], [Theme.outline, Theme.surface], [Theme.accent, Theme.background], [Theme.accent, Theme.track], [Theme.text, Theme.background]];
            for (const [shape, ground] of pairs)
                verify(rehearsal.contrast(shape, ground) >= 3, "%1 on %2: %3".arg(shape).arg(ground).arg(rehearsal.contrast(shape, ground)));
        }

        function test_shapes_of_the_mixer_data() {
            return themes();
        }
        function test_shapes_of_the_mixer(data) {
            Theme.isDark = data.isDark;
            const pairs = [[Theme.level, Theme.surface], [Theme.level, Theme.track], [Theme.thumb, Theme.surface], [Theme.thumb, Theme.track], [Theme.alarm, Theme.track]];
            for (const colour of Theme.players)
                pairs.push([colour, Theme.surface]);
            for (const colour of Theme.parts)
                pairs.push([colour, Theme.surface]);
            for (const [shape, ground] of pairs)
                verify(rehearsal.contrast(shape, ground) >= 3, "%1 on %2: %3".arg(shape).arg(ground).arg(rehearsal.contrast(shape, ground)));
            verify(rehearsal.contrast(Theme.background, Theme.alarm) >= 4.5);
        }

        function test_the_button_goes_round() {
            const appearance = rehearsal.stage.appearance;
            compare(appearance.schemeText, "Dark colours");
            verify(appearance.isDark);
            appearance.chooseNext();
            compare(appearance.schemeText, "Light colours");
            verify(!appearance.isDark);
            appearance.chooseNext();
            compare(appearance.schemeText, "Colours of the desktop");
            appearance.chooseNext();
            compare(appearance.schemeText, "Dark colours");
        }
    }
}
