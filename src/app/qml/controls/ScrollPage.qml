import QtQuick
import QtQuick.Layouts
import Tutti

/// A column of lines that scrolls where it does not fit.
ScrollArea {
    id: root

    default property alias lines: column.data
    property alias spacing: column.spacing
    readonly property real lineHeight: column.implicitHeight

    contentHeight: column.implicitHeight + 2 * margin

    ColumnLayout {
        id: column

        x: root.margin
        y: root.margin
        width: root.width - 2 * root.margin
        spacing: Theme.small
    }
}
