import QtQuick
import QtQuick.Layouts
import Tutti

/// What the Link programs of this site may change for everybody.
ColumnLayout {
    id: root

    required property BridgeViewModel bridge

    spacing: 0

    Caption {
        text: qsTr("Programs here may change for everybody")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    ToggleSwitch {
        text: qsTr("Tempo")
        tip: qsTr("Otherwise what they change is put back")
        Accessible.name: qsTr("Programs here may change the tempo")
        checked: root.bridge.mayChangeTempo
        onToggled: root.bridge.toggleTempo()
    }
    ToggleSwitch {
        text: qsTr("Start and stop")
        tip: qsTr("Otherwise what they change is put back")
        Accessible.name: qsTr("Programs here may start and stop")
        checked: root.bridge.mayStartAndStop
        onToggled: root.bridge.toggleStartAndStop()
    }
}
