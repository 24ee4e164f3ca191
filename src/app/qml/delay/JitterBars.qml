import QtQuick
import Tutti

/// A histogram's bars, the highest of them 1.
Row {
    id: root

    required property list<real> bars

    Repeater {
        model: root.bars.length

        Item {
            id: bar

            required property int index
            readonly property JitterBars plot: parent as JitterBars
            readonly property real share: plot ? plot.bars[index] ?? 0 : 0

            width: plot ? plot.width / plot.bars.length : 0
            height: plot ? plot.height : 0

            Rectangle {
                anchors.bottom: parent.bottom
                width: Math.max(1, parent.width - 1)
                // Rare ones are what hurts: the least of them is still seen.
                height: bar.share > 0 ? Math.max(2, Math.sqrt(bar.share) * parent.height) : 0
                color: Theme.accent
            }
        }
    }
}
