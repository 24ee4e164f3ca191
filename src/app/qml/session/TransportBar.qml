import QtQuick
import QtQuick.Layouts
import Tutti

/// The stage in one line, above the mixer: the beat, the tempo, play, and what a rehearsal needs.
Rectangle {
    id: root

    required property Stage stage
    readonly property bool isPlaying: stage.transport.isPlaying
    readonly property RecordingViewModel recording: stage.band.recording

    implicitHeight: Theme.px(56)
    color: Theme.background

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.medium
        spacing: Theme.small

        BeatDial {
            transport: root.stage.transport
            Layout.preferredWidth: Theme.px(44)
            Layout.preferredHeight: Theme.px(44)
        }
        TempoNumber {
            objectName: "smallTempo"
            tempo: root.stage.tempo
            numberSize: Theme.px(26)
            Layout.leftMargin: Theme.small
            Layout.preferredWidth: Theme.px(124)
        }
        PushButton {
            iconName: root.isPlaying ? "stop" : "play"
            isPrimary: true
            isTipBelow: true
            spoken: root.isPlaying ? qsTr("Stop") : qsTr("Play")
            tip: root.isPlaying ? qsTr("Stop (Space)") : qsTr("Play from the next downbeat (Space)")
            implicitWidth: Theme.px(52)
            onClicked: root.stage.transport.togglePlaying()
        }
        QuantumStepper {
            visible: root.width > Theme.px(900)
            transport: root.stage.transport
            isDense: true
            Layout.fillWidth: false
            Layout.preferredWidth: implicitWidth + Theme.huge
            Layout.leftMargin: Theme.small
        }
        Item {
            Layout.fillWidth: true
        }
        PushButton {
            readonly property bool isOfUse: root.stage.band.own.isMutedToRoom

            objectName: "talk"
            iconName: "talk"
            text: root.width < Theme.px(760) ? "" : isOfUse ? qsTr("Hold to talk") : qsTr("Talk")
            isPrimary: isOfUse && root.stage.band.own.isTalking
            isQuiet: !isOfUse
            isTipBelow: true
            spoken: qsTr("Talk to the others while held")
            tip: isOfUse ? qsTr("Talk to the others while it is held (B)") : qsTr("The others hear you already. While you are muted to the room, hold this to talk (B).")
            onPressed: root.stage.band.own.talk(true)
            onReleased: root.stage.band.own.talk(false)
            onCanceled: root.stage.band.own.talk(false)
        }
        PushButton {
            objectName: "record"
            iconName: root.recording.isOn ? "stop" : "record"
            text: root.recording.isOn ? root.recording.timeText : root.width > Theme.px(640) ? qsTr("Record") : ""
            isAlarm: true
            isPrimary: root.recording.isOn
            isTipBelow: true
            spoken: root.recording.isOn ? qsTr("Stop recording") : qsTr("Record")
            tip: root.recording.folder !== "" ? qsTr("Recording to %1").arg(root.recording.folder) : qsTr("Record the mix and each track")
            onClicked: root.recording.toggle()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
