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
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("How late packets come")
        Accessible.description: qsTr("Within %1").arg(root.delay.jitterText)
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.px(52)

        JitterBars {
            anchors.fill: parent
            anchors.bottomMargin: 1
            bars: root.delay.jitter
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
