import QtQuick
import QtQuick.Layouts
import Tutti

/// What a player's delay is made of, in figures that add up; how steadily their packets come; the intent.
ColumnLayout {
    id: root

    required property PlayerViewModel player
    readonly property DelayViewModel delay: player.delay

    spacing: Theme.tiny

    component Line: RowLayout {
        required property string name
        required property string figure
        property color swatch: "transparent"
        property bool isSum: false

        spacing: Theme.small
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2 ms").arg(name).arg(figure)

        Rectangle {
            color: parent.swatch
            radius: 2
            Layout.preferredWidth: Theme.px(10)
            Layout.preferredHeight: Theme.px(10)
        }
        Caption {
            text: parent.name
            color: parent.isSum ? Theme.text : Theme.muted
            wrapMode: Text.Wrap
            Accessible.ignored: true
            Layout.fillWidth: true
        }
        Caption {
            text: qsTr("%1 ms").arg(parent.figure)
            color: Theme.text
            font.weight: parent.isSum ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
        }
    }

    Repeater {
        model: root.delay.partNames.length

        Line {
            required property int index

            name: root.delay.partNames[index]
            figure: root.delay.partTexts[index] ?? ""
            swatch: Theme.parts[index]
        }
    }
    Rectangle {
        color: Theme.line
        Layout.fillWidth: true
        Layout.preferredHeight: 1
    }
    Line {
        name: qsTr("From instrument to ear")
        figure: root.delay.totalText
        isSum: true
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
    IntentSlider {
        delay: root.delay
        playerName: root.player.strip.name
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
    }
}
