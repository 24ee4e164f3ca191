pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// The sound device, how it runs, and what comes in, live.
ColumnLayout {
    id: root

    required property DeviceViewModel device

    spacing: Theme.small

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        Heading {
            text: qsTr("Sound device")
            Layout.fillWidth: true
        }
        PushButton {
            iconName: "repeat"
            isQuiet: true
            spoken: qsTr("Look again for sound devices")
            tip: spoken
            implicitHeight: Theme.px(28)
            onClicked: root.device.lookAgain()
        }
    }
    ChoiceBox {
        objectName: "deviceChoice"
        choice: root.device.devices
        spoken: qsTr("Sound device")
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        ChoiceBox {
            choice: root.device.rates
            spoken: qsTr("Sample rate")
            enabled: root.device.rates.texts.length > 1
            Layout.preferredWidth: Theme.px(110)
        }
        ChoiceBox {
            objectName: "framesChoice"
            choice: root.device.frames
            spoken: qsTr("Block length")
            Layout.fillWidth: true
        }
        ChoiceBox {
            choice: root.device.inputs
            spoken: qsTr("Inputs that you play into")
            Layout.fillWidth: true
        }
    }
    Remark {
        text: root.device.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    Caption {
        visible: meters.count > 0
        text: qsTr("Play something: the meter of your input moves.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.topMargin: Theme.tiny
    }
    GridLayout {
        columns: meters.count > 4 ? 2 : 1
        columnSpacing: Theme.large
        rowSpacing: Theme.tiny
        Layout.fillWidth: true

        Repeater {
            id: meters

            model: root.device.levels

            RowLayout {
                id: line

                required property LevelViewModel modelData
                required property int index

                spacing: Theme.small
                Layout.fillWidth: true

                Caption {
                    text: qsTr("Input %1").arg(line.index + root.device.firstInput)
                    Layout.preferredWidth: Theme.px(60)
                }
                LevelMeter {
                    level: line.modelData
                    name: qsTr("Level of input %1").arg(line.index + root.device.firstInput)
                    isHorizontal: true
                    Layout.fillWidth: true
                }
                HighestLevel {
                    level: line.modelData
                    otherLevel: line.modelData
                    name: qsTr("Input %1").arg(line.index + root.device.firstInput)
                }
            }
        }
    }
    Caption {
        visible: text !== ""
        text: root.device.summary
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Caption {
        visible: text !== ""
        text: root.device.loadText
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
}
