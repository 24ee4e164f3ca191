import QtQuick
import QtQuick.Layouts
import Tutti

/// Play and stop, and whether the peers start and stop with us.
ColumnLayout {
    id: root

    required property Stage stage
    readonly property bool isPlaying: stage.transport.isPlaying

    property bool isDense: false

    spacing: isDense ? Theme.tiny : Theme.medium

    PushButton {
        iconName: root.isPlaying ? "stop" : "play"
        text: root.isPlaying ? qsTr("Stop") : qsTr("Play")
        tip: root.isPlaying ? qsTr("Stop (Space)") : qsTr("Play from the next downbeat (Space)")
        isPrimary: true
        implicitHeight: Theme.px(root.isDense ? 40 : 48)
        font.pixelSize: Theme.titleSize
        font.weight: Font.DemiBold
        onClicked: root.stage.transport.togglePlaying()
        Layout.fillWidth: true
    }
    ToggleSwitch {
        text: qsTr("Start/stop sync")
        tip: qsTr("Start and stop together with the Link programs (S)")
        checked: root.stage.link.followsStartStop
        onToggled: root.stage.link.toggleStartStop()
    }
}
