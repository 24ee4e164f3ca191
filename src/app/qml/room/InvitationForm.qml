import QtQuick
import QtQuick.Layouts
import Tutti

/// Join by an invitation that somebody sent.
ColumnLayout {
    id: root

    required property RoomViewModel room
    property bool isTried: false
    readonly property string complaint: room.complaintAboutInvitation(invitation.text)

    spacing: Theme.small

    function join() {
        isTried = true;
        if (complaint === "")
            room.join(invitation.text, "");
    }

    Heading {
        text: qsTr("Join by invitation")
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        TextLine {
            id: invitation
            objectName: "invitation"
            spoken: qsTr("Invitation")
            hint: "tutti://…"
            complaint: root.isTried ? root.complaint : ""
            onTextChanged: root.isTried = false
            onEntered: root.join()
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "joinByInvitation"
            text: qsTr("Join")
            spoken: qsTr("Join by invitation")
            onClicked: root.join()
        }
    }
    Caption {
        visible: root.isTried && root.complaint !== ""
        text: root.complaint
        color: Theme.alarm
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
}
