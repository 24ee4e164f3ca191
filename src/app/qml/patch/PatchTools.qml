import QtQuick
import Tutti

/// What is done to the whole of the patch: adding, undoing, tidying up, looking closer.
Rectangle {
    id: root

    required property PatchViewModel patch
    required property PatchCanvas canvas
    signal addAsked

    readonly property real step: 1.25

    width: row.width + 2 * Theme.tiny
    height: row.height + 2 * Theme.tiny
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.line
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Patch tools")

    MouseArea { // what lies beneath is out of reach
        anchors.fill: parent
    }
    Row {
        id: row
        x: Theme.tiny
        y: Theme.tiny
        spacing: 2

        PushButton {
            objectName: "addButton"
            iconName: "plus"
            text: qsTr("Add")
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Add a module")
            tip: qsTr("Add a module (A)")
            onClicked: root.addAsked()
        }
        ToolGap {}
        PushButton {
            objectName: "undoButton"
            iconName: "undo"
            isQuiet: true
            isTipBelow: true
            enabled: root.patch.undoable !== ""
            spoken: enabled ? qsTr("Undo: %1").arg(root.patch.undoable) : qsTr("Undo")
            tip: spoken
            onClicked: root.patch.undo()
        }
        PushButton {
            objectName: "redoButton"
            iconName: "redo"
            isQuiet: true
            isTipBelow: true
            enabled: root.patch.redoable !== ""
            spoken: enabled ? qsTr("Redo: %1").arg(root.patch.redoable) : qsTr("Redo")
            tip: spoken
            onClicked: root.patch.redo()
        }
        PushButton {
            objectName: "tidyButton"
            iconName: "tidy"
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Tidy up")
            tip: qsTr("Tidy up: sound runs from left to right, groups stay together")
            onClicked: {
                root.patch.tidyUp();
                root.canvas.fit();
            }
        }
        ToolGap {}
        PushButton {
            iconName: "fit"
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Show all of it")
            tip: qsTr("Show all of it (F)")
            onClicked: root.canvas.fit()
        }
        PushButton {
            iconName: "minus"
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Smaller")
            tip: qsTr("Smaller (−)")
            onClicked: root.canvas.zoomBy(1 / root.step)
        }
        PushButton {
            text: qsTr("%1 %").arg(Math.round(root.canvas.zoom * 100))
            isQuiet: true
            isTipBelow: true
            leftPadding: 0
            rightPadding: 0
            implicitWidth: Theme.px(52)
            spoken: qsTr("Zoom %1 %").arg(Math.round(root.canvas.zoom * 100))
            tip: qsTr("Back to 100 % (0)")
            onClicked: root.canvas.showFull()
        }
        PushButton {
            iconName: "plus"
            isQuiet: true
            isTipBelow: true
            spoken: qsTr("Larger")
            tip: qsTr("Larger (+)")
            onClicked: root.canvas.zoomBy(root.step)
        }
    }
}
