import QtQuick
import Tutti

/// Below something that scrolls sideways: how much there is, and where we are. Can be dragged.
Item {
    id: root

    required property Flickable scroller
    readonly property bool isNeeded: scroller.contentWidth > scroller.width + 1
    readonly property real share: scroller.width / scroller.contentWidth

    implicitHeight: Theme.px(6)
    visible: isNeeded
    Accessible.ignored: true

    Rectangle {
        x: root.scroller.contentX * root.share
        width: root.width * root.share
        height: parent.height
        radius: height / 2
        color: drag.active || hover.hovered ? Theme.muted : Theme.outline

        HoverHandler {
            id: hover
        }
        DragHandler {
            id: drag

            property real begun: 0

            target: null
            yAxis.enabled: false
            onActiveChanged: begun = root.scroller.contentX
            onActiveTranslationChanged: {
                const most = root.scroller.contentWidth - root.scroller.width;
                root.scroller.contentX = Math.max(0, Math.min(most, begun + activeTranslation.x / root.share));
            }
        }
    }
}
