import QtQuick
import QtQuick.Layouts
import Tutti

/// What a player's delay is made of, in figures that add up; how steadily their packets come; how it is chosen.
ColumnLayout {
    id: root

    required property PlayerViewModel player
    readonly property DelayViewModel delay: player.delay

    spacing: Theme.tiny

    Repeater {
        model: root.delay.partNames.length

        DelayLine {
            required property int index
            readonly property DelayDetails details: parent as DelayDetails

            name: details ? details.delay.partNames[index] : ""
            figure: details ? details.delay.partTexts[index] ?? "" : ""
            swatch: Theme.parts[index]
            Layout.fillWidth: true
        }
    }
    Rectangle {
        color: Theme.line
        Layout.fillWidth: true
        Layout.preferredHeight: 1
    }
    DelayLine {
        name: qsTr("From instrument to ear")
        figure: root.delay.totalText
        isSum: true
        Layout.fillWidth: true
    }
    Caption {
        text: root.delay.pathText
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    JitterPlot {
        delay: root.delay
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
    }
    Caption {
        text: root.delay.lossText
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    DelayMode {
        mode: root.player.mode
        delay: root.delay
        playerName: root.player.strip.name
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
    }
}
