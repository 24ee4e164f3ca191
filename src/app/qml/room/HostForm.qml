import QtQuick
import QtQuick.Layouts
import Tutti

/// A room of our own: a name, and who may come in: with a password, with the invitation only, or everybody.
ColumnLayout {
    id: root

    required property RoomViewModel room
    property bool isTried: false
    readonly property string complaint: room.complaintAboutHosting(name.text, password.text)
    readonly property bool hasPassword: password.text !== ""
    readonly property bool isSealed: hasPassword || invited.checked

    spacing: Theme.small

    function host() {
        isTried = true;
        if (complaint === "")
            room.host(name.text, password.text, !isSealed);
    }

    Heading {
        text: qsTr("Host a room")
        Layout.fillWidth: true
    }
    TextLine {
        id: name
        objectName: "roomName"
        spoken: qsTr("Name of the room")
        hint: qsTr("Name of the room")
        maximumLength: 60
        complaint: root.isTried && text.trim() === "" ? root.complaint : ""
        onTextChanged: root.isTried = false
        onEntered: root.host()
        Layout.fillWidth: true
    }
    TextLine {
        id: password
        objectName: "roomPassword"
        spoken: qsTr("Password, if there shall be one")
        hint: qsTr("Password (optional)")
        maximumLength: 120
        complaint: root.isTried && name.text.trim() !== "" ? root.complaint : ""
        onTextChanged: root.isTried = false
        onEntered: root.host()
        Layout.fillWidth: true
    }
    RowLayout {
        visible: root.room.proposedPassword !== "" && !root.hasPassword
        spacing: Theme.tiny
        Layout.fillWidth: true

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            Caption {
                text: qsTr("For example:")
                Accessible.ignored: true
            }
            Caption {
                text: root.room.proposedPassword
                font.family: "monospace"
                wrapMode: Text.Wrap
                Accessible.name: qsTr("Proposed password: %1").arg(root.room.proposedPassword)
                Layout.fillWidth: true
            }
        }
        PushButton {
            objectName: "useProposal"
            text: qsTr("Use")
            isQuiet: true
            spoken: qsTr("Use the proposed password")
            implicitHeight: Theme.px(28)
            onClicked: password.text = root.room.proposedPassword
        }
        PushButton {
            iconName: "repeat"
            isQuiet: true
            spoken: qsTr("Propose another password")
            tip: spoken
            implicitHeight: Theme.px(28)
            onClicked: root.room.proposeOther()
        }
    }
    Caption {
        visible: root.isTried && root.complaint !== ""
        text: root.complaint
        color: Theme.alarm
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    ToggleSwitch {
        id: invited
        objectName: "onlyInvited"
        visible: !root.hasPassword
        text: qsTr("Only with my invitation")
        tip: qsTr("The room is in nobody's list: you send its invitation to your friends")
        Layout.fillWidth: true
    }
    Remark {
        iconName: root.isSealed ? "shield" : "globe"
        text: {
            if (root.hasPassword)
                return qsTr("Sealed end to end: only people in the room can listen; the server cannot.");
            return invited.checked ? qsTr("Sealed end to end. The room is in nobody's list: send its invitation to your friends.") : qsTr("Without a password it is public: whoever finds it may join, and its server could listen.");
        }
        Layout.fillWidth: true
    }
    PushButton {
        objectName: "host"
        text: qsTr("Host")
        spoken: qsTr("Host a room")
        isPrimary: true
        onClicked: root.host()
        Layout.fillWidth: true
    }
}
