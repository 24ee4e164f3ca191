import QtQuick
import QtQuick.Layouts
import Tutti

/// Everything in the window, on two pages: the beat with the company beside it, and the room with its mixer;
/// below them what just happened.
Item {
    id: root

    required property Stage stage
    signal quitAsked

    readonly property bool isWide: width >= Theme.px(860)
    property bool wantsCompany: true
    property bool isCompanyOver: false
    readonly property Item companyPage: desk.companyPage
    readonly property RoomPanel roomPage: desk.roomPage
    readonly property bool isCompanyShown: isWide ? wantsCompany : isCompanyOver
    property bool isInRoom: false // the page, not the network's room
    property bool wasJoined: false

    function toggleCompany() {
        if (isWide)
            wantsCompany = !wantsCompany;
        else
            isCompanyOver = !isCompanyOver;
    }

    function turnPage() {
        isInRoom = !isInRoom;
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
        else if (isCompanyOver && !isWide)
            isCompanyOver = false;
        root.forceActiveFocus();
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
            root.isInRoom = true;
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
            onPageTurned: root.turnPage()
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
            text: root.stage.band.device.problem
            iconName: "sound"
            isAlarm: true
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
            visible: root.isInRoom
            stage: root.stage
            Layout.fillWidth: true
        }
        Desk {
            id: desk
            stage: root.stage
            isInRoom: root.isInRoom
            isWide: root.isWide
            isSideShown: root.isCompanyShown
            onSoundAsked: root.askSound()
            onRoomAsked: root.toggleCompany()
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
