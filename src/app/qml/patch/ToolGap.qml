import QtQuick
import Tutti

/// Between tools of one kind and those of another.
Item {
    width: Theme.tiny * 2 + 1
    height: Theme.controlHeight

    Rectangle {
        anchors.centerIn: parent
        width: 1
        height: Theme.px(20)
        color: Theme.line
    }
}
