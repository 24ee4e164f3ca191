import QtQuick
import Tutti

/// Below the canvas: what was refused, what is chosen, or what can be done here at all.
Column {
    id: root

    required property PatchViewModel patch
    signal renameAsked
    signal groupAsked
    signal mixerAsked(strip: StripViewModel)

    readonly property bool hasChosen: patch.selection.title !== ""

    spacing: Theme.small

    Rectangle {
        visible: root.patch.hint !== ""
        width: parent.width
        height: hintText.implicitHeight + 2 * Theme.small
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.outline
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.patch.hint
        Accessible.ignored: !visible

        Icon {
            name: "info"
            color: Theme.muted
            x: Theme.medium
            y: Theme.small
            width: Theme.px(18)
            height: width
        }
        Text {
            id: hintText
            objectName: "patchHint"
            x: Theme.medium + Theme.px(26)
            y: Theme.small
            width: parent.width - x - Theme.medium
            text: root.patch.hint
            color: Theme.text
            font.pixelSize: Theme.bodySize
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Timer {
            running: root.patch.hint !== "" && !root.patch.focus.isPulling
            interval: 9000
            onTriggered: root.patch.dismissHint()
        }
    }
    SelectionBar {
        visible: root.hasChosen
        width: parent.width
        selection: root.patch.selection
        onRemoveAsked: root.patch.removeSelected()
        onRenameAsked: root.renameAsked()
        onGroupAsked: root.groupAsked()
        onMixerAsked: strip => root.mixerAsked(strip)
    }
    Rectangle {
        visible: root.patch.isBare && !root.hasChosen && root.patch.hint === ""
        width: parent.width
        height: bare.implicitHeight + 2 * Theme.large
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.line

        EmptyPlace {
            id: bare
            visible: parent.visible
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.large
            iconName: "patch"
            title: root.patch.cards.count === 0 ? qsTr("Nothing sounds yet") : qsTr("This is all that sounds")
            advice: qsTr("Drag from a port to another one, and sound flows there; or press C on a card. A adds an input, an output, a strip. Whoever joins the room comes with a card.")
        }
    }
}
