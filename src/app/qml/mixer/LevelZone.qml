import QtQuick
import Tutti

/// The part of a meter between two levels: solid up to the loudness, pale up to the peak.
Item {
    id: root

    required property LevelViewModel level
    required property bool isHorizontal
    required property real from
    required property real to
    required property color hue
    readonly property real travel: isHorizontal ? width : height
    readonly property real start: DecibelScale.position(from)
    readonly property real end: DecibelScale.position(to)

    anchors.fill: parent

    function within(decibels: real): real {
        return Math.max(0, Math.min(end, DecibelScale.position(decibels)) - start) * travel;
    }

    LevelBar {
        isHorizontal: root.isHorizontal
        foot: root.start * root.travel
        length: root.within(root.level.peak)
        color: root.hue
        opacity: 0.4
    }
    LevelBar {
        isHorizontal: root.isHorizontal
        foot: root.start * root.travel
        length: root.within(root.level.rms)
        color: root.hue
    }
}
