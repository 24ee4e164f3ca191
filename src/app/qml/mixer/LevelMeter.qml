import QtQuick
import Tutti

/// One channel's level on the decibel scale: solid is how loud it is, pale how high it peaks.
Rectangle {
    id: root

    required property LevelViewModel level
    required property string name
    property bool isHorizontal: false
    readonly property real travel: isHorizontal ? width : height

    component Bar: Rectangle {
        required property real from
        required property real to
        required property real reached
        readonly property real start: DecibelScale.position(from) * root.travel
        readonly property real end: Math.max(start, Math.min(DecibelScale.position(to), DecibelScale.position(reached)) * root.travel)

        x: root.isHorizontal ? start : 0
        y: root.isHorizontal ? 0 : root.height - end
        width: root.isHorizontal ? end - start : root.width
        height: root.isHorizontal ? root.height : end - start
        visible: end > start
    }

    implicitWidth: Theme.px(7)
    implicitHeight: Theme.px(7)
    color: Theme.track
    radius: 2
    Accessible.role: Accessible.Graphic
    Accessible.name: name

    Repeater {
        model: [[-Infinity, -12, Theme.level], [-12, 0, Theme.accent], [0, 20, Theme.alarm]]

        Item {
            required property var modelData

            Bar {
                from: parent.modelData[0]
                to: parent.modelData[1]
                reached: root.level.peak
                color: parent.modelData[2]
                opacity: 0.4
            }
            Bar {
                from: parent.modelData[0]
                to: parent.modelData[1]
                reached: root.level.rms
                color: parent.modelData[2]
            }
        }
    }
}
