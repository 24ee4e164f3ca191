import QtQuick
import QtQuick.Layouts
import Tutti

/// Not in a room: those that are near or known, an invitation, or a room of our own.
ScrollPage {
    id: root

    required property Band band
    readonly property RoomViewModel room: band.room
    readonly property bool asksPassword: room.question === RoomViewModel.Password
    /// The one that was clicked and needs a password.
    property string wantedName
    property string wantedInvitation

    function join(name: string, invitation: string, needsPassword: bool) {
        wantedName = needsPassword ? name : "";
        wantedInvitation = needsPassword ? invitation : "";
        if (!needsPassword)
            room.join(invitation, "");
    }

    Remark {
        text: root.room.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.small
    }
    PushButton {
        objectName: "joinAnyway"
        visible: root.room.question === RoomViewModel.OtherHost
        text: qsTr("Join anyway")
        spoken: qsTr("Join %1 anyway").arg(root.room.name)
        onClicked: root.room.joinAnyway()
        Layout.bottomMargin: Theme.medium
    }
    PasswordAsk {
        roomName: root.asksPassword ? root.room.name : root.wantedName
        visible: root.asksPassword || root.wantedName !== ""
        onGiven: password => root.room.join(root.asksPassword ? root.room.invitation : root.wantedInvitation, password)
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.small
    }
    InvitedCard {
        room: root.room
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.medium
    }
    CableRemark {
        device: root.band.device
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.small
    }
    Heading {
        visible: root.band.offers.nearCount === 0
        text: qsTr("On this network")
        Layout.fillWidth: true
    }
    Caption {
        visible: root.band.offers.nearCount === 0
        text: qsTr("No rooms yet. One that is hosted here appears by itself.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.small
    }
    OfferList {
        offers: root.band.offers
        onJoinAsked: (name, invitation, needsPassword) => root.join(name, invitation, needsPassword)
        onForgetAsked: invitation => root.room.forget(invitation)
        Layout.fillWidth: true
    }
    InvitationForm {
        room: root.room
        Layout.fillWidth: true
        Layout.topMargin: Theme.medium
    }
    HostForm {
        room: root.room
        Layout.fillWidth: true
        Layout.topMargin: Theme.medium
    }
    Heading {
        text: qsTr("Test alone")
        Layout.fillWidth: true
        Layout.topMargin: Theme.medium
    }
    Caption {
        text: qsTr("Hear yourself as others will, with the delay measured. Wear headphones.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    PushButton {
        objectName: "testAlone"
        iconName: "headphones"
        text: qsTr("Test alone")
        onClicked: root.room.playAlone()
        Layout.fillWidth: true
    }
}
