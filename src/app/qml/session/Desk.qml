import QtQuick
import Tutti

/// What lies between the bars: one of two pages, and its panel beside it or, in a narrow window, over it.
Item {
    id: root

    required property Stage stage
    required property bool isInRoom
    required property bool isWide
    required property bool isSideShown
    readonly property alias companyPage: company
    readonly property alias roomPage: roomPanel
    signal soundAsked
    signal roomAsked

    readonly property bool hasPage: isWide || !isSideShown
    readonly property real sideWidth: isWide ? Theme.panelWidth : width
    readonly property real pageWidth: isSideShown && isWide ? width - sideWidth : width

    Player {
        objectName: "player"
        stage: root.stage
        visible: root.hasPage && !root.isInRoom
        width: root.pageWidth
        height: parent.height
    }
    MixerView {
        objectName: "mixer"
        band: root.stage.band
        visible: root.hasPage && root.isInRoom
        width: root.pageWidth
        height: parent.height
        isRoomShown: root.isSideShown
        onSoundAsked: root.soundAsked()
        onRoomAsked: root.roomAsked()
    }
    CompanyPanel {
        id: company
        stage: root.stage
        visible: root.isSideShown && !root.isInRoom
        x: parent.width - width
        width: root.sideWidth
        height: parent.height
    }
    RoomPanel {
        id: roomPanel
        objectName: "roomPanel"
        band: root.stage.band
        visible: root.isSideShown && root.isInRoom
        x: parent.width - width
        width: root.sideWidth
        height: parent.height
    }
}
