import QtQuick
import Tutti

/// The window. Its place on the desktop and its visibility belong to whoever remembers them.
Window {
    id: window

    required property Stage stage

    title: qsTr("Tutti")
    width: 960
    height: 640
    minimumWidth: 600
    minimumHeight: 340
    color: Theme.background

    StageView {
        objectName: "view"
        anchors.fill: parent
        stage: window.stage
        focus: true
        onQuitAsked: window.close()
    }

    Binding {
        target: Theme
        property: "isDark"
        value: window.stage.appearance.isDark
    }
}
