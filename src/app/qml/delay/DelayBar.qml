import QtQuick
import Tutti

/// The parts of a delay, stacked to its total; all players' bars have one scale. What is longer fills the bar.
Rectangle {
    id: root

    required property DelayViewModel delay
    required property real longest
    required property string name

    implicitHeight: Theme.px(14)
    radius: Theme.px(3)
    color: Theme.track
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Delay of %1").arg(name)
    Accessible.description: qsTr("%1 ms").arg(delay.totalText)

    Row {
        height: parent.height

        Repeater {
            model: root.delay.partNames.length

            Rectangle {
                required property int index
                readonly property DelayBar bar: parent?.parent as DelayBar
                readonly property real length: bar ? bar.delay.parts[index] ?? 0 : 0

                width: bar ? Math.max(0, Math.min(1, length / bar.longest) * bar.width) : 0
                height: bar ? bar.height : 0
                color: Theme.parts[index]

                Rectangle { // a gap, so that colour is not all that tells parts apart
                    anchors.right: parent.right
                    width: 1
                    height: parent.height
                    color: Theme.surface
                    visible: parent.width > 3
                }
            }
        }
    }
}
