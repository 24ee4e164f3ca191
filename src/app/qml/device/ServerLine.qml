import QtQuick
import QtQuick.Layouts
import Tutti

/// The Tutti server that tries whether rooms hosted here are reached from elsewhere.
ColumnLayout {
    id: root

    required property HostingViewModel hosting
    readonly property alias text: address.text
    readonly property string complaint: hosting.complaintAboutServer(address.text)

    spacing: Theme.small

    function show() {
        address.text = hosting.knownServer;
    }

    function focusLine() {
        address.forceActiveFocus(Qt.TabFocusReason);
    }

    Heading {
        text: qsTr("Rooms that you host")
        Layout.fillWidth: true
    }
    TextLine {
        id: address
        objectName: "knownServer"
        spoken: qsTr("Address of a Tutti server")
        hint: qsTr("Tutti server (optional)")
        maximumLength: 400
        complaint: root.complaint
        Layout.fillWidth: true
    }
    Caption {
        text: root.complaint !== "" ? root.complaint : qsTr("Optional: a Tutti server elsewhere tries whether friends outside can reach your rooms. Paste its address, or an invitation to a room there.")
        color: root.complaint !== "" ? Theme.alarm : Theme.muted
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
}
