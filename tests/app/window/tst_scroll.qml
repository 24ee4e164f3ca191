import QtQuick
import QtTest
import Tutti

Item {
    id: root
    width: 300
    height: 200

    ScrollPage {
        id: page
        anchors.fill: parent

        Rectangle {
            id: block
            implicitWidth: 100
            implicitHeight: 1000
            color: Theme.raised
        }
    }

    TestCase {
        name: "What scrolls shows that there is more"
        when: windowShown

        property Item line

        function init() {
            block.implicitHeight = 1000;
            line = findChild(page, "scrollLine");
            tryVerify(() => page.contentHeight > 1000 && line.visible);
            page.contentY = 0;
        }

        function test_a_line_at_the_right_says_so() {
            compare(line.width, Theme.px(4));
            verify(line.x + line.width <= page.width);
            verify(line.x >= page.width - Theme.large, "it covers nothing");
            compare(line.parent, page);
        }

        function test_it_stays_where_it_is_and_its_grip_moves() {
            const at = line.mapToItem(root, 0, 0).y;
            compare(line.place, 0);
            page.contentY = page.contentHeight - page.height;
            compare(line.mapToItem(root, 0, 0).y, at);
            fuzzyCompare(line.place, line.height - line.grip, 0.5);
        }

        function test_it_is_dragged() {
            mousePress(line, 2, 10);
            for (let step = 1; step <= 10; ++step)
                mouseMove(line, 2, 10 + 20 * step, -1, Qt.LeftButton);
            mouseRelease(line, 2, 210);
            fuzzyCompare(page.contentY, page.contentHeight - page.height, 1);
        }

        function test_where_all_is_seen_there_is_none() {
            block.implicitHeight = 50;
            tryVerify(() => !line.visible);
        }
    }
}
