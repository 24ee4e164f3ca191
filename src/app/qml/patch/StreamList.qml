pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// Audio streams of the LAN: whose we use, and what we offer.
ColumnLayout {
    id: root

    required property StreamsViewModel streams

    spacing: Theme.small

    function offer() {
        streams.offer(name.text);
        name.clear();
    }

    Heading {
        text: qsTr("Streams of this network")
        Layout.fillWidth: true
    }
    Remark {
        text: root.streams.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    Caption {
        visible: root.streams.count === 0
        text: qsTr("No computer here offers streams. Another Tutti does with “Offer” below, a stage box with “tutti endpoint --serve”.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Repeater {
        model: root.streams

        StreamRow {
            streams: root.streams
            Layout.fillWidth: true
        }
    }
    Heading {
        text: qsTr("What you offer")
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
    }
    Caption {
        text: root.streams.offers.length === 0 ? qsTr("A stream of yours is a card in the patch: what you connect to it, everybody in this network may hear. It is not sealed as a room is.") : qsTr("Not sealed: everybody in this network may hear it.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Caption {
        text: root.streams.listeners
        visible: text !== "" && root.streams.offers.length > 0
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Repeater {
        model: root.streams.offers

        RowLayout {
            id: offered

            required property string modelData

            spacing: Theme.small
            Layout.fillWidth: true

            Text {
                text: offered.modelData
                color: Theme.text
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
            PushButton {
                text: qsTr("Take back")
                spoken: qsTr("Offer %1 no more").arg(offered.modelData)
                isQuiet: true
                implicitHeight: Theme.px(28)
                onClicked: root.streams.withdraw(offered.modelData)
            }
        }
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        TextLine {
            id: name
            objectName: "offerName"
            spoken: qsTr("Name of a stream of yours")
            hint: qsTr("Name")
            complaint: root.streams.refusal
            maximumLength: 60
            onEntered: root.offer()
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "offerStream"
            text: qsTr("Offer")
            enabled: name.text.trim() !== ""
            onClicked: root.offer()
        }
    }
    Remark {
        text: root.streams.refusal
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
}
