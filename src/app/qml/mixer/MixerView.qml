pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// All strips: ourselves at the left, metronome and master at the right, the others scroll between them. Where
/// there is no room for that, everything scrolls.
Item {
    id: root

    required property Band band
    required property bool isRoomShown
    signal soundAsked
    signal roomAsked
    signal patchAsked(strip: StripViewModel)

    function reveal(strip: StripViewModel) {
        const frames = [own, metronome, master];
        for (let i = 0; i < players.count; ++i)
            frames.push(players.itemAt(i));
        frames.find(frame => frame.strip === strip)?.take();
    }

    readonly property int gap: Theme.px(6)
    readonly property real edges: own.width + masters.width + 2 * gap
    readonly property bool isPinned: width - 2 * Theme.medium - edges >= Theme.px(200)
    readonly property real stripHeight: Math.max(own.implicitHeight, metronome.implicitHeight, height - 2 * Theme.medium)
    readonly property real leading: isPinned ? 0 : own.width + gap
    readonly property real trailing: isPinned ? 0 : masters.width + gap

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Mixer")

    // Whatever the keyboard reaches must be seen.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        for (let item = focused; item; item = item.parent) {
            if (item === others)
                return scroller.revealSideways(focused);
            if ((item === own || item === masters) && !isPinned)
                return scroller.contentX = item === own ? 0 : scroller.contentWidth - scroller.width;
        }
    }

    ScrollArea {
        anchors.fill: parent
        margin: Theme.medium
        contentHeight: root.stripHeight + 2 * margin

        OwnStrip {
            id: own
            objectName: "ownStrip"
            z: 1 // above what scrolls, though the keyboard reaches it first
            own: root.band.own
            inputs: root.band.device.inputs
            x: Theme.medium - (root.isPinned ? 0 : scroller.contentX)
            y: Theme.medium
            height: root.stripHeight
            onSoundAsked: root.soundAsked()
            onPatchAsked: root.patchAsked(strip)
        }
        Flickable {
            id: scroller
            objectName: "sideways"

            function revealSideways(item: Item) {
                const left = item.mapToItem(contentItem, 0, 0).x - Theme.small;
                const right = left + item.width + 2 * Theme.small;
                contentX = Math.max(0, Math.min(left, Math.max(contentX, right - width), contentWidth - width));
            }

            x: root.isPinned ? Theme.medium + own.width + root.gap : Theme.medium
            y: Theme.medium
            width: root.isPinned ? root.width - 2 * Theme.medium - root.edges : root.width - 2 * Theme.medium
            height: root.stripHeight
            contentWidth: Math.max(width, root.leading + others.width + root.trailing)
            contentHeight: height
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentWidth > width
            clip: true

            Row {
                id: others

                x: root.leading
                height: parent.height
                spacing: root.gap

                Repeater {
                    id: players
                    model: root.band.players

                    PlayerStrip {
                        onPatchAsked: root.patchAsked(strip)
                        height: parent?.height ?? 0
                    }
                }
            }
            EmptyBand {
                visible: root.band.players.count === 0
                room: root.band.room
                isRoomShown: root.isRoomShown
                onRoomAsked: root.roomAsked()
                x: root.leading + Theme.medium
                width: scroller.contentWidth - root.leading - root.trailing - 2 * Theme.medium
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        Row {
            id: masters

            x: root.isPinned ? root.width - Theme.medium - width : Theme.medium + scroller.contentWidth - width - scroller.contentX
            y: Theme.medium
            height: root.stripHeight
            spacing: root.gap

            MetronomeStrip {
                id: metronome
                metronome: root.band.metronome
                height: parent.height
                onPatchAsked: root.patchAsked(strip)
            }
            StripFrame {
                id: master
                objectName: "masterStrip"
                onPatchAsked: root.patchAsked(strip)
                strip: root.band.master
                hasKeys: false
                hasPan: false
                isLinkable: false
                height: parent.height

                ToggleKey {
                    objectName: "endSolo"
                    visible: root.band.isSoloActive
                    text: qsTr("Solo")
                    spoken: qsTr("End solo")
                    tip: qsTr("Who is not soloed is silent. Click to hear everybody again")
                    checkable: false // it only ends what other keys have begun
                    checked: false
                    isOn: true
                    onClicked: {
                        if (activeFocus)
                            master.take(); // it goes, and the keyboard must not go with it
                        root.band.endSolo();
                    }
                    Layout.alignment: Qt.AlignHCenter | Qt.AlignBottom
                }
            }
        }
        ScrollLine {
            scroller: scroller
            anchors.top: parent.top
            anchors.topMargin: root.stripHeight + Theme.medium + 3
            x: scroller.x
            width: scroller.width
        }
    }
}
