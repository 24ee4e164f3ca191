import QtQuick
import Tutti

/// One channel's level on the decibel scale: solid is how loud it is, pale how high it peaks.
Rectangle {
    id: root

    required property LevelViewModel level
    required property string name
    property bool isHorizontal: false

    implicitWidth: Theme.px(7)
    implicitHeight: Theme.px(7)
    color: Theme.track
    radius: 2
    Accessible.role: Accessible.Graphic
    Accessible.name: name

    LevelZone {
        level: root.level
        isHorizontal: root.isHorizontal
        from: -Infinity
        to: -12
        hue: Theme.level
    }
    LevelZone {
        level: root.level
        isHorizontal: root.isHorizontal
        from: -12
        to: 0
        hue: Theme.accent
    }
    LevelZone {
        level: root.level
        isHorizontal: root.isHorizontal
        from: 0
        to: DecibelScale.highest
        hue: Theme.alarm
    }
}
