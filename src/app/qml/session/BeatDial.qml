import QtQuick
import Tutti

/// The beat wheel with the number of the beat in its middle.
Item {
    id: root

    required property TransportViewModel transport
    readonly property bool isSmall: height < Theme.px(120)
    readonly property int beat: wheel.beatNumber
    readonly property string caption: {
        if (!transport.isPlaying)
            return qsTr("Stopped");
        return beat < 0 ? qsTr("count-in") : qsTr("of %1").arg(transport.quantumText);
    }

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Beat wheel")
    Accessible.description: transport.isPlaying ? qsTr("Beat %1 %2").arg(beat).arg(caption) : caption

    BeatWheel {
        id: wheel
        anchors.fill: parent
        transport: root.transport
        hasNumerals: !root.isSmall
        trackColor: Theme.track
        playedColor: Theme.played
        beatColor: Theme.accent
        headColor: Theme.text
        numeralColor: Theme.muted
    }
    Column {
        anchors.centerIn: parent
        spacing: Theme.tiny

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.transport.isPlaying
            // A true minus sign is as wide as a digit, and nothing jumps at the downbeat.
            text: root.beat < 0 ? "−%1".arg(-root.beat) : root.beat
            color: root.beat < 0 ? Theme.muted : Theme.text
            font.pixelSize: Math.round(root.height * (root.isSmall ? 0.42 : 0.27))
            font.weight: root.isSmall ? Font.Normal : Font.Light
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !root.isSmall
            text: root.caption
            color: Theme.muted
            font.pixelSize: Math.max(Theme.bodySize, Math.round(root.height * 0.045))
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
