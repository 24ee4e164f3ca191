import QtQuick
import QtQuick.Layouts
import Tutti

/// The click on the shared timeline.
StripFrame {
    id: root

    required property MetronomeViewModel metronome

    strip: metronome.strip
    hasKeys: false
    hasPan: false
    isLinkable: false

    ToggleKey {
        iconName: "metronome"
        text: root.metronome.isOn ? qsTr("On") : qsTr("Off")
        spoken: qsTr("Metronome")
        tip: qsTr("Metronome (M)")
        isOn: root.metronome.isOn
        onClicked: root.metronome.toggle()
        Layout.alignment: Qt.AlignHCenter | Qt.AlignBottom // beside the keys of the others
    }
}
