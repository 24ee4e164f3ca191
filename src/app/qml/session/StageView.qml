import QtQuick
import QtQuick.Layouts
import Tutti

/// Everything in the window, on three pages: the beat with the company beside it, the room with its mixer, and
/// the patch with the sessions; below them what just happened.
Item {
    id: root

    required property Stage stage
    signal quitAsked

    readonly property bool isWide: width >= Theme.px(860)
    property bool wantsCompany: true
    property bool isCompanyOver: false
    readonly property Item companyPage: desk.companyPage
    readonly property RoomPanel roomPage: desk.roomPage
    property bool wantsSessions: false
    readonly property bool isCompanyShown: isPatching ? wantsSessions : isWide ? wantsCompany : isCompanyOver
    property bool isInRoom: false // the page, not the network's room
    property bool isPatching: false // the patch lies over the other two
    property bool wasJoined: false

    function toggleCompany() {
        if (isPatching)
            wantsSessions = !wantsSessions;
        else if (isWide)
            wantsCompany = !wantsCompany;
        else
            isCompanyOver = !isCompanyOver;
    }

    /// From the beat to the room, from there to the patch, and round again.
    function turnPage() {
        turnTo(isPatching ? "beat" : isInRoom ? "patch" : "room");
    }

    function turnTo(page: string) {
        isInRoom = page === "room";
        isPatching = page === "patch";
        giveFocus();
    }

    /// To the page: its keys are meant where nothing else has the focus.
    function giveFocus() {
        if (isPatching && desk.patchPage.visible)
            desk.patchPage.forceActiveFocus();
        else
            root.forceActiveFocus();
    }

    function askSound() {
        soundSheet.visible = true;
    }

    function toggleKeys() {
        if (keySheet.active)
            back();
        else
            keySheet.active = true;
    }

    function back() {
        if (keySheet.active)
            keySheet.active = false;
        else if (soundSheet.visible)
            soundSheet.visible = false;
        else if (isPatching)
            wantsSessions = false;
        else if (isCompanyOver && !isWide)
            isCompanyOver = false;
        giveFocus();
    }

    // A key that goes up in another window is not heard here.
    readonly property bool isActive: Window.active
    onIsActiveChanged: {
        if (!isActive)
            stage.band.own.talk(false);
    }

    Connections {
        target: root.stage.band.room
        function onInvited() {
            root.turnTo("room");
            if (!root.isCompanyShown)
                root.toggleCompany();
        }
    }
    Keys.onPressed: event => keyMap.press(event)
    Keys.onReleased: event => keyMap.release(event)
    KeyMap {
        id: keyMap
        stage: root.stage
        onQuitAsked: root.quitAsked()
        onBackAsked: root.back()
        onHelpAsked: root.toggleKeys()
    }
    Shortcut { // as a key it would only move the focus
        sequence: "Ctrl+Tab"
        onActivated: root.turnPage()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        enabled: !soundSheet.visible // what lies beneath is out of reach

        TopBar {
            stage: root.stage
            isCompanyShown: root.isCompanyShown
            isInRoom: root.isInRoom
            isPatching: root.isPatching
            onBeatAsked: root.turnTo("beat")
            onRoomAsked: root.turnTo("room")
            onPatchAsked: root.turnTo("patch")
            onCompanyToggled: root.toggleCompany()
            onHelpAsked: root.toggleKeys()
            Layout.fillWidth: true
        }
        Notice {
            text: root.stage.link.problem
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        Notice {
            objectName: "deviceNotice"
            text: root.stage.band.device.problem
            iconName: "sound"
            isAlarm: true
            remedy: soundSheet.visible ? "" : qsTr("Choose a device…")
            onRemedied: root.askSound()
            Layout.fillWidth: true
        }
        Notice {
            text: root.stage.news.notice
            isDismissable: true
            onDismissed: root.stage.news.dismissNotice()
            Layout.fillWidth: true
        }
        Notice {
            objectName: "recordingNotice"
            text: root.stage.band.recording.notice
            isDismissable: true
            onDismissed: root.stage.band.recording.dismissNotice()
            Layout.fillWidth: true
        }
        TransportBar {
            visible: root.isInRoom || root.isPatching
            stage: root.stage
            Layout.fillWidth: true
        }
        Desk {
            id: desk
            stage: root.stage
            isInRoom: root.isInRoom
            isPatching: root.isPatching
            isWide: root.isWide
            isSideShown: root.isCompanyShown
            onSoundAsked: root.askSound()
            onRoomAsked: root.toggleCompany()
            onPatchAsked: strip => {
                root.turnTo("patch");
                root.stage.patch.takeStrip(strip);
            }
            onMixerAsked: strip => {
                root.turnTo("room");
                desk.showStrip(strip);
            }
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        NewsLine {
            news: root.stage.news
            Layout.fillWidth: true
        }
    }

    SoundSheet {
        id: soundSheet
        anchors.fill: parent
        band: root.stage.band
        isInRoom: root.isInRoom
        onDismissed: root.back()
    }
    Loader {
        id: keySheet
        anchors.fill: parent
        active: false
        sourceComponent: KeySheet {}
    }
    Connections {
        target: root.stage.band.room
        function onChanged() {
            // Whoever joins wants to see the others.
            if (root.stage.band.room.state === RoomViewModel.Joined && !root.wasJoined)
                root.isInRoom = true;
            root.wasJoined = root.stage.band.room.state === RoomViewModel.Joined;
        }
    }
    Connections {
        target: keySheet.item
        function onDismissed() {
            root.back();
        }
    }
}
