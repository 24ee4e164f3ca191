import QtQuick
import QtQuick.Layouts
import Tutti

/// The keys, for whoever asks.
Rectangle {
    id: root

    signal dismissed

    /// A key, what it does, the next key, …
    readonly property list<string> lines: [ //
        qsTr("Space"), qsTr("Play, stop"), //
        "A", qsTr("Link on, off"), //
        "W   E", qsTr("Tempo slower, faster"), //
        "R   T", qsTr("Quantum shorter, longer"), //
        "S", qsTr("Start/stop sync"), //
        "M", qsTr("Metronome on, off"), //
        "B", qsTr("Talk, while it is held"), //
        qsTr("Ctrl+Tab"), qsTr("From the beat to the room, to the patch"), //
        qsTr("Arrows"), qsTr("Fader louder, softer; next strip"), //
        qsTr("Tab"), qsTr("Next control; Space or Enter presses it"), //
        qsTr("Esc"), qsTr("Back to the stage"), //
        qsTr("Ctrl+Q"), qsTr("Quit")]

    color: Qt.rgba(Theme.background.r, Theme.background.g, Theme.background.b, 0.8)
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Keys")
    Keys.onTabPressed: event => event.accepted = true // what lies beneath is out of reach
    Keys.onBacktabPressed: event => event.accepted = true
    Component.onCompleted: forceActiveFocus()

    MouseArea {
        anchors.fill: parent
        onClicked: root.dismissed()
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width, grid.implicitWidth + 2 * Theme.huge)
        height: Math.min(parent.height, grid.implicitHeight + 2 * Theme.huge)
        color: Theme.surface
        border.color: Theme.outline
        radius: Theme.radius

        GridLayout {
            id: grid

            anchors.centerIn: parent
            columns: 2
            rowSpacing: Theme.small
            columnSpacing: Theme.huge

            Repeater {
                model: root.lines

                Text {
                    required property string modelData
                    required property int index
                    readonly property bool isKey: index % 2 === 0

                    text: modelData
                    color: isKey ? Theme.accent : Theme.text
                    font.pixelSize: Theme.bodySize
                    font.weight: isKey ? Font.DemiBold : Font.Normal
                    textFormat: Text.PlainText
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }
        }
    }
}
