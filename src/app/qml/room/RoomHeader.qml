import QtQuick
import QtQuick.Layouts
import Tutti

/// The room's name, its promise, its invitation, and the way out.
ColumnLayout {
    id: root

    required property RoomViewModel room
    readonly property bool isAlone: room.kind === RoomViewModel.Alone

    spacing: Theme.small

    GridLayout {
        columns: 3
        columnSpacing: Theme.tiny
        rowSpacing: Theme.small
        Layout.fillWidth: true

        Heading {
            text: root.room.name
            font.pixelSize: Theme.titleSize
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Layout.columnSpan: leave.endsForAll ? 3 : 1 // what ends a room has many words
            Layout.fillWidth: true
        }
        ToggleKey {
            objectName: "lock"
            visible: root.room.areWeHost
            iconName: "lock"
            spoken: qsTr("Lock the room")
            tip: root.room.isLocked ? qsTr("Locked: nobody else can join") : qsTr("Lock the room: nobody else can join")
            isOn: root.room.isLocked
            implicitHeight: Theme.px(28)
            onClicked: root.room.toggleLock()
        }
        PushButton {
            id: leave

            readonly property bool endsForAll: root.room.isHostedHere && !root.isAlone
            property bool isMeant: false

            objectName: "leave"
            text: isMeant ? qsTr("Close for all?") : endsForAll ? qsTr("Close the room") : qsTr("Leave")
            spoken: isMeant ? qsTr("Really close the room for everybody") : endsForAll ? qsTr("Close the room for everybody") : qsTr("Leave the room")
            tip: isMeant ? "" : spoken
            isTipBelow: true
            isPrimary: isMeant
            isAlarm: isMeant
            implicitHeight: Theme.px(28)
            onClicked: {
                if (!endsForAll || isMeant)
                    root.room.leave();
                isMeant = endsForAll && !isMeant;
            }
            onHoveredChanged: {
                if (!hovered && !activeFocus)
                    isMeant = false;
            }
            onActiveFocusChanged: isMeant = false
        }
    }
    Remark {
        iconName: root.isAlone ? "headphones" : root.room.kind === RoomViewModel.Public ? "globe" : "shield"
        text: {
            if (root.isAlone)
                return qsTr("What you play comes back as Echo, over all of the way that it goes to others. Wear headphones. “Delay” shows how long it takes.");
            return root.room.kind === RoomViewModel.Public ? qsTr("Public room: the host's server could listen.") : qsTr("Sealed end to end: only people in the room can listen.");
        }
        Layout.fillWidth: true
    }
    PushButton {
        id: copy

        property bool isDone: false

        objectName: "copyInvitation"
        visible: root.room.invitation !== ""
        iconName: "copy"
        text: isDone ? qsTr("Copied: send it to your friends") : qsTr("Copy the invitation")
        onClicked: {
            root.room.copyInvitation();
            isDone = true;
            again.restart();
        }
        Layout.fillWidth: true

        Timer {
            id: again
            interval: 3000
            onTriggered: copy.isDone = false
        }
    }
}
