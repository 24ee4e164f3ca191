import QtQuick
import Tutti

/// What is chosen, and what can be done with it.
Rectangle {
    id: root

    required property SelectionViewModel selection
    signal removeAsked
    signal renameAsked
    signal groupAsked
    signal mixerAsked(strip: StripViewModel)

    readonly property bool isCable: selection.cable !== null
    readonly property StripViewModel strip: selection.card?.strip ?? null

    height: flow.height + 2 * Theme.small
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Chosen: %1").arg(selection.title)
    Accessible.ignored: !visible

    MouseArea { // what lies beneath is out of reach
        anchors.fill: parent
    }
    Flow {
        id: flow
        x: Theme.medium
        y: Theme.small
        width: parent.width - 2 * Theme.medium
        spacing: Theme.small

        Item {
            readonly property real most: Theme.px(root.isCable ? 300 : 200)

            width: Math.min(most, Math.max(title.implicitWidth, about.implicitWidth), flow.width)
            height: Math.max(Theme.controlHeight, words.height)

            Column {
                id: words
                width: parent.width
                anchors.verticalCenter: parent.verticalCenter

                Text {
                    id: title
                    width: parent.width
                    text: root.selection.title
                    color: Theme.text
                    font.pixelSize: Theme.bodySize
                    font.weight: Font.DemiBold
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }
                Caption {
                    id: about
                    visible: text !== ""
                    width: parent.width
                    text: root.selection.about
                    wrapMode: Text.Wrap
                }
            }
        }
        CableGain {
            visible: root.isCable
            cable: root.selection.cable
        }
        ColourRow {
            visible: !root.isCable
            selection: root.selection
        }
        PushButton {
            visible: root.strip !== null
            objectName: "mixerButton"
            iconName: "mixer"
            isQuiet: true
            spoken: qsTr("Show in the mixer")
            tip: spoken
            onClicked: root.mixerAsked(root.strip)
        }
        PushButton {
            visible: root.selection.count === 1 || root.selection.isGroup
            iconName: "rename"
            isQuiet: true
            spoken: qsTr("Rename")
            tip: qsTr("Rename (F2)")
            onClicked: root.renameAsked()
        }
        PushButton {
            visible: !root.isCable
            iconName: "group"
            isQuiet: true
            spoken: root.selection.isGroup ? qsTr("Ungroup") : qsTr("Group")
            tip: root.selection.isGroup ? qsTr("Ungroup (Ctrl+Shift+G)") : qsTr("Group (Ctrl+G)")
            onClicked: {
                if (root.selection.isGroup)
                    root.selection.ungroup();
                else
                    root.groupAsked();
            }
        }
        PushButton {
            objectName: "removeButton"
            iconName: "remove"
            isQuiet: true
            spoken: qsTr("Remove")
            tip: root.selection.canRemove ? qsTr("Remove (Delete)") : qsTr("This stays: it belongs to somebody in the room, or to Tutti itself")
            onClicked: root.removeAsked()
        }
    }
}
