pragma Singleton

import QtQuick

/// Every size, colour and spacing of the window. Contrasts are WCAG AA, and a test computes them.
QtObject {
    id: theme

    property bool isDark: true
    readonly property Text sample: Text {}
    /// Follows the desktop's font: whoever asked for large letters gets a large window's worth of everything.
    property real textScale: Math.min(2, Math.max(1, sample.fontInfo.pixelSize / 13))

    // Colours: one accent; the alarm is for what does not work.
    readonly property color background: isDark ? "#0f1317" : "#f5f3ef"
    readonly property color surface: isDark ? "#161b21" : "#ffffff"
    readonly property color raised: isDark ? "#212831" : "#e9e5dd"
    readonly property color raisedHover: isDark ? "#2b343f" : "#ded8cd"
    readonly property color raisedPressed: isDark ? "#35404d" : "#d2cabc"
    readonly property color line: isDark ? "#262e37" : "#dfd9ce"
    readonly property color outline: isDark ? "#75818f" : "#7f766a"
    readonly property color text: isDark ? "#f1f3f5" : "#1e1b17"
    readonly property color muted: isDark ? "#a3adb9" : "#5c554b"
    readonly property color disabled: isDark ? "#5b6672" : "#a49b8e"
    readonly property color accent: isDark ? "#ffb547" : "#a35400"
    readonly property color accentHover: isDark ? "#ffc46c" : "#8f4a00"
    readonly property color accentPressed: isDark ? "#e89e2e" : "#7a3f00"
    readonly property color accentInk: isDark ? "#1c1303" : "#ffffff"
    readonly property color track: isDark ? "#252d36" : "#ddd6ca"
    readonly property color played: isDark ? "#7d5c27" : "#dba86a"
    readonly property color alarm: isDark ? "#ff9d88" : "#a8261b"
    readonly property color alarmSurface: isDark ? "#2c1b1a" : "#fbe9e6"

    readonly property color level: isDark ? "#63b889" : "#2f8558"
    readonly property color thumb: isDark ? "#c3cad2" : "#5c554b"
    /// One for each player, told apart by most eyes; their names stand beside it.
    readonly property list<color> players: isDark ? ["#6cb6ff", "#ffd166", "#e59bf0", "#7ddc8a", "#ff9f7a", "#5fd4d0", "#b7a6ff", "#c8d65c"] : ["#1f6fc4", "#8a6a00", "#9a36ad", "#2f7d32", "#b84a1b", "#0f7a76", "#5f4bd0", "#657000"]

    /// The parts of a delay, from their instrument to our ear.
    readonly property list<color> parts: isDark ? ["#5f7fa8", "#8f7ac0", "#ffb547", "#63b889", "#c77d9b", "#87a0b8"] : ["#3f6da8", "#7655b8", "#c46a00", "#2f8558", "#b04a78", "#5b7a99"]

    // Spacing
    readonly property int tiny: px(4)
    readonly property int small: px(8)
    readonly property int medium: px(12)
    readonly property int large: px(16)
    readonly property int huge: px(24)
    readonly property int vast: px(40)

    // Letters, in pixels
    readonly property int captionSize: px(12)
    readonly property int bodySize: px(13)
    readonly property int titleSize: px(16)

    // Shapes
    readonly property int radius: px(8)
    readonly property int controlHeight: px(36)
    readonly property int barHeight: px(52)
    readonly property int panelWidth: px(288)
    readonly property int focusWidth: 2

    readonly property int quick: 90 // ms, for colours under the pointer

    function player(number: int): color {
        return players[number % players.length];
    }

    function px(size: real): int {
        return Math.round(size * textScale);
    }
}
