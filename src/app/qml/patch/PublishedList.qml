pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// What the Link programs on this network may hear of us.
ColumnLayout {
    id: root

    required property ChannelsViewModel channels

    spacing: Theme.small

    Heading {
        text: qsTr("What you publish")
        Layout.fillWidth: true
    }
    Caption {
        text: root.channels.ours.length === 0 ? qsTr("Each channel of yours is a card in the patch: what is connected to it, everybody in this network may hear. It is not sealed as a room is.") : qsTr("Not sealed: everybody in this network may hear it.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Repeater {
        model: root.channels.ours

        RowLayout {
            id: published

            required property var modelData

            spacing: Theme.small
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.name
            Accessible.description: modelData.about
            Layout.fillWidth: true

            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true

                Text {
                    text: published.modelData.name
                    color: Theme.text
                    font.pixelSize: Theme.bodySize
                    textFormat: Text.PlainText
                    wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
                Caption {
                    text: published.modelData.about
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
            }
            PushButton {
                text: qsTr("Unpublish")
                spoken: qsTr("Publish %1 no more").arg(published.modelData.name)
                isQuiet: true
                implicitHeight: Theme.px(28)
                onClicked: root.channels.withdraw(published.modelData.name)
            }
        }
    }
    Repeater {
        model: root.channels.choices

        RowLayout {
            id: choice

            required property var modelData

            spacing: Theme.small
            Layout.fillWidth: true

            Text {
                text: choice.modelData.title
                color: Theme.muted
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                Layout.fillWidth: true
            }
            PushButton {
                text: qsTr("Publish")
                spoken: qsTr("Publish %1").arg(choice.modelData.title)
                enabled: root.channels.isOn
                implicitHeight: Theme.px(28)
                onClicked: root.channels.publish(choice.modelData.player)
            }
        }
    }
    ToggleSwitch {
        id: everybody
        objectName: "publishEverybody"
        text: qsTr("Publish everybody")
        tip: qsTr("The mix and each player, also who comes later")
        enabled: root.channels.isOn
        checked: root.channels.publishesEverybody
        onToggled: root.channels.publishEverybody(checked)
    }
    Remark {
        text: root.channels.refusal
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    Connections {
        target: root.channels

        function onChanged() {
            everybody.checked = root.channels.publishesEverybody; // a hand has broken the binding
        }
    }
}
