import QtQuick
import QtQuick.Layouts
import Tutti

/// The session that is open, and where to keep it.
ColumnLayout {
    id: root

    required property SessionsViewModel sessions
    readonly property bool isNamed: sessions.openName !== ""
    property bool isNaming: false

    spacing: Theme.small

    function keep() {
        if (name.text.trim() === "")
            return;
        sessions.saveAs(name.text);
        isNaming = false;
        name.clear();
    }

    Heading {
        text: root.isNamed ? root.sessions.openName : qsTr("Not a session yet")
        font.pixelSize: Theme.titleSize
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        Rectangle {
            visible: root.isNamed
            color: root.sessions.isUnsaved ? Theme.accent : "transparent"
            border.color: root.sessions.isUnsaved ? Theme.accent : Theme.level
            border.width: 2
            radius: width / 2
            Layout.preferredWidth: Theme.px(10)
            Layout.preferredHeight: Theme.px(10)
        }
        Caption {
            objectName: "sessionState"
            text: root.sessions.stateText
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
    }
    Flow {
        visible: root.isNamed
        spacing: Theme.small
        Layout.fillWidth: true

        PushButton {
            objectName: "saveSession"
            text: qsTr("Save")
            isPrimary: root.sessions.isUnsaved
            enabled: root.sessions.isUnsaved
            onClicked: root.sessions.save()
        }
        PushButton {
            objectName: "revertSession"
            text: qsTr("Revert")
            tip: qsTr("Back to what was saved last")
            enabled: root.sessions.isUnsaved
            onClicked: root.sessions.reopen()
        }
        PushButton {
            objectName: "saveAsSession"
            visible: !root.isNaming
            text: qsTr("Save as…")
            onClicked: {
                root.isNaming = true;
                name.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }
    RowLayout {
        visible: !root.isNamed || root.isNaming
        spacing: Theme.small
        Layout.fillWidth: true

        TextLine {
            id: name
            objectName: "sessionName"
            spoken: qsTr("Name of the session")
            hint: qsTr("Name")
            maximumLength: 60
            onEntered: root.keep()
            Keys.onEscapePressed: root.isNaming = false
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "keepSession"
            text: qsTr("Keep")
            isPrimary: true
            enabled: name.text.trim() !== ""
            onClicked: root.keep()
        }
    }
    ColumnLayout {
        visible: root.sessions.takenName !== ""
        spacing: Theme.small
        Layout.fillWidth: true

        Remark {
            text: qsTr("There is a session “%1” already.").arg(root.sessions.takenName)
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        Flow {
            spacing: Theme.small
            Layout.fillWidth: true

            PushButton {
                objectName: "replaceSession"
                text: qsTr("Replace it")
                isPrimary: true
                isAlarm: true
                onClicked: root.sessions.replace()
            }
            PushButton {
                text: qsTr("Cancel")
                isQuiet: true
                onClicked: root.sessions.dismiss()
            }
        }
    }
}
