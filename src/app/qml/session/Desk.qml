import QtQuick
import Tutti

/// What lies between the bars: one of three pages, and its panel beside it or, in a narrow window, over it.
Item {
    id: root

    required property Stage stage
    required property bool isInRoom
    required property bool isPatching
    required property bool isWide
    required property bool isSideShown
    readonly property alias companyPage: company
    readonly property alias roomPage: roomPanel
    readonly property alias patchPage: patchView
    signal soundAsked
    signal roomAsked
    signal patchAsked(strip: StripViewModel)
    signal mixerAsked(strip: StripViewModel)

    readonly property bool isOnBeat: !isInRoom && !isPatching
    readonly property bool isAtMixer: isInRoom && !isPatching
    readonly property bool hasPage: isWide || !isSideShown
    readonly property real sideWidth: isWide ? Theme.panelWidth : width
    readonly property real pageWidth: isSideShown && isWide ? width - sideWidth : width

    Player {
        objectName: "player"
        stage: root.stage
        visible: root.hasPage && root.isOnBeat
        width: root.pageWidth
        height: parent.height
    }
    MixerView {
        id: mixer
        objectName: "mixer"
        band: root.stage.band
        visible: root.hasPage && root.isAtMixer
        width: root.pageWidth
        height: parent.height
        isRoomShown: root.isSideShown
        onSoundAsked: root.soundAsked()
        onRoomAsked: root.roomAsked()
        onPatchAsked: strip => root.patchAsked(strip)
    }
    PatchView {
        id: patchView
        objectName: "patchView"
        patch: root.stage.patch
        visible: root.hasPage && root.isPatching
        width: root.pageWidth
        height: parent.height
        clip: true
        onMixerAsked: strip => root.mixerAsked(strip)
    }
    CompanyPanel {
        id: company
        stage: root.stage
        visible: root.isSideShown && root.isOnBeat
        x: parent.width - width
        width: root.sideWidth
        height: parent.height
    }
    RoomPanel {
        id: roomPanel
        objectName: "roomPanel"
        band: root.stage.band
        visible: root.isSideShown && root.isAtMixer
        x: parent.width - width
        width: root.sideWidth
        height: parent.height
    }
    PatchSide {
        objectName: "patchSide"
        sessions: root.stage.sessions
        programs: root.stage.outside.programs
        streams: root.stage.outside.streams
        channels: root.stage.outside.channels
        visible: root.isSideShown && root.isPatching
        x: parent.width - width
        width: root.sideWidth
        height: parent.height
    }

    /// The mixer's strip gets the keyboard.
    function showStrip(strip: StripViewModel) {
        mixer.reveal(strip);
    }
}
