import QtQuick
import QtQuick.Layouts
import Tutti

/// Ourselves: what we play, whether we hear it, and whether the others do.
StripFrame {
    id: root

    required property OwnViewModel own
    required property ChoiceViewModel inputs
    signal soundAsked

    strip: own.strip
    hasKeys: false

    ChoiceBox {
        choice: root.inputs
        spoken: qsTr("Which inputs we play into")
        isSmall: true
        visible: root.inputs.texts.length > 0
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.tiny
        Layout.alignment: Qt.AlignHCenter
        Layout.fillWidth: false

        ToggleKey {
            iconName: "headphones"
            spoken: qsTr("Hear ourselves")
            isOn: root.own.isMonitoring
            onClicked: root.own.toggleMonitor()
        }
        ToggleKey {
            iconName: "mute"
            spoken: qsTr("Mute us to the room")
            isAlarm: true
            isOn: root.own.isMutedToRoom
            onClicked: root.own.toggleMutedToRoom()
        }
        ToggleKey {
            objectName: "soundKey"
            iconName: "sound"
            spoken: qsTr("Name and sound device")
            checkable: false
            onClicked: root.soundAsked()
        }
    }
}
