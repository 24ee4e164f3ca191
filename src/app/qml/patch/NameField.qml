import QtQuick
import QtQuick.Layouts
import Tutti

/// A new name for what is chosen, or for a new group of it.
Rectangle {
    id: root

    required property PatchViewModel patch
    property bool isOpen: false
    property bool isGroup: false
    property string place // who has had the keyboard
    signal finished

    visible: isOpen
    height: column.height + 2 * Theme.medium
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.outline
    Accessible.role: Accessible.Dialog
    Accessible.name: heading.text
    Accessible.ignored: !visible

    function ask(forGroup: bool) {
        isGroup = forGroup;
        place = patch.focus.place;
        field.text = forGroup ? "" : patch.selection.name;
        isOpen = true;
        field.forceActiveFocus(Qt.TabFocusReason);
        field.selectAll();
    }

    function finish() {
        if (isGroup)
            patch.selection.group(field.text);
        else
            patch.selection.rename(field.text);
        close();
    }

    function close() {
        isOpen = false;
        finished();
        if (place !== "")
            patch.focus.went(place);
    }

    Keys.onEscapePressed: close()
    Keys.onPressed: event => event.accepted = event.key !== Qt.Key_Tab && event.key !== Qt.Key_Backtab // keys are letters here

    MouseArea {
        anchors.fill: parent
        onWheel: wheel => wheel.accepted = true
    }
    ColumnLayout {
        id: column
        x: Theme.medium
        y: Theme.medium
        width: parent.width - 2 * Theme.medium
        spacing: Theme.small

        Heading {
            id: heading
            text: root.isGroup ? qsTr("Name of the group") : qsTr("New name of “%1”").arg(root.patch.selection.name)
            Layout.fillWidth: true
        }
        TextLine {
            id: field
            objectName: "newName"
            spoken: heading.text
            hint: root.isGroup ? qsTr("Such as “Drums”") : qsTr("Name")
            maximumLength: 60
            onEntered: root.finish()
            Layout.fillWidth: true
        }
        RowLayout {
            spacing: Theme.small
            Layout.alignment: Qt.AlignRight

            PushButton {
                text: qsTr("Cancel")
                isQuiet: true
                onClicked: root.close()
            }
            PushButton {
                text: root.isGroup ? qsTr("Group") : qsTr("Rename")
                isPrimary: true
                enabled: root.isGroup || field.text.trim() !== ""
                onClicked: root.finish()
            }
        }
    }
}
