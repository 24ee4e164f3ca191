import QtQuick
import QtQuick.Layouts
import Tutti

/// A room that wants its password.
ColumnLayout {
    id: root

    required property string roomName
    signal given(password: string)

    spacing: Theme.small
    onVisibleChanged: {
        if (visible)
            password.forceActiveFocus(Qt.TabFocusReason);
        else
            password.clear();
    }

    function give() {
        if (password.text !== "")
            given(password.text);
    }

    Heading {
        text: qsTr("“%1” has a password").arg(root.roomName)
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        TextLine {
            id: password
            spoken: qsTr("Password of %1").arg(root.roomName)
            hint: qsTr("Password")
            onEntered: root.give()
            Layout.fillWidth: true
        }
        PushButton {
            text: qsTr("Join")
            isPrimary: true
            enabled: password.text !== ""
            onClicked: root.give()
        }
    }
}
