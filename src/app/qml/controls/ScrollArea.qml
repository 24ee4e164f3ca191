import QtQuick
import Tutti

/// Something that scrolls where it does not fit, shows that there is more, and follows the keyboard.
Flickable {
    id: root

    property int margin: Theme.large

    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true

    // Whatever the keyboard reaches must be seen.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        for (let item = focused; item; item = item.parent)
            if (item === contentItem)
                return reveal(focused);
    }

    function reveal(item: Item) {
        const top = item.mapToItem(contentItem, 0, 0).y - margin;
        const bottom = top + item.height + 2 * margin;
        contentY = Math.max(0, Math.min(top, Math.max(contentY, bottom - height), contentHeight - height));
    }

    ScrollLine {
        objectName: "scrollLine"
        parent: root // or it would scroll along
        scroller: root
        isUpright: true
        x: root.width - width - 2
        y: 2
        z: 1
        height: root.height - 4
    }
}
