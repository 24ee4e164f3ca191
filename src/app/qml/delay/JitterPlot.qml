import QtQuick
import QtQuick.Layouts
import Tutti

/// How much later than the fastest packets came: a narrow hill is a steady network.
ColumnLayout {
    id: root

    required property DelayViewModel delay

    visible: delay.jitter.length > 0
    spacing: 2

    Caption {
        text: qsTr("How late packets come")
        Layout.fillWidth: true
    }
    Item {
        id: plot

        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("How late packets come")
        Accessible.description: qsTr("Within %1").arg(root.delay.jitterText)
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.px(52)

        Row {
            anchors.fill: parent

            Repeater {
                model: root.delay.jitter.length

                Item {
                    required property int index
                    readonly property real share: root.delay.jitter[index] ?? 0

                    width: plot.width / root.delay.jitter.length
                    height: plot.height

                    Rectangle {
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: 1
                        width: Math.max(1, parent.width - 1)
                        // Rare ones are what hurts: the least of them is still seen.
                        height: parent.share > 0 ? Math.max(2, Math.sqrt(parent.share) * (parent.height - 1)) : 0
                        color: Theme.accent
                    }
                }
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.outline
        }
    }
    RowLayout {
        Layout.fillWidth: true

        Caption {
            text: "0"
            Accessible.ignored: true
            Layout.fillWidth: true
        }
        Caption {
            text: root.delay.jitterText
            Accessible.ignored: true
        }
    }
}
