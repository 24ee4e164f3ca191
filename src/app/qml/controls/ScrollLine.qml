import QtQuick
import Tutti

/// Along something that scrolls: how much there is, and where we are. Can be dragged.
Item {
    id: root

    required property Flickable scroller
    property bool isUpright: false
    property int thickness: Theme.px(isUpright ? 4 : 6)
    readonly property real seen: isUpright ? scroller.height : scroller.width
    readonly property real whole: isUpright ? scroller.contentHeight : scroller.contentWidth
    readonly property real begin: isUpright ? scroller.contentY : scroller.contentX
    readonly property real most: whole - seen
    readonly property bool isNeeded: most > 1
    readonly property real span: isUpright ? height : width
    readonly property real grip: Math.min(span, Math.max(Theme.px(24), span * seen / Math.max(1, whole)))
    readonly property real way: span - grip
    readonly property real place: isNeeded ? way * Math.max(0, Math.min(1, begin / most)) : 0

    function scrollTo(wanted: real) {
        const to = Math.max(0, Math.min(most, wanted));
        if (isUpright)
            scroller.contentY = to;
        else
            scroller.contentX = to;
    }

    implicitWidth: thickness
    implicitHeight: thickness
    visible: isNeeded
    Accessible.ignored: true

    Rectangle {
        x: root.isUpright ? 0 : root.place
        y: root.isUpright ? root.place : 0
        width: root.isUpright ? root.thickness : root.grip
        height: root.isUpright ? root.grip : root.thickness
        radius: root.thickness / 2
        color: drag.active || hover.hovered ? Theme.muted : Theme.outline

        HoverHandler {
            id: hover
            margin: Theme.tiny
        }
        DragHandler {
            id: drag

            property real begun: 0

            target: null
            margin: Theme.tiny
            dragThreshold: 2 // before what it scrolls takes it
            xAxis.enabled: !root.isUpright
            yAxis.enabled: root.isUpright
            onActiveChanged: begun = root.begin
            onActiveTranslationChanged: {
                const moved = root.isUpright ? activeTranslation.y : activeTranslation.x;
                if (active && root.way > 0)
                    root.scrollTo(begun + moved * root.most / root.way);
            }
        }
    }
}
