pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tutti

/// A word, and what can be added that has it.
Rectangle {
    id: root

    required property PatchViewModel patch
    property point at // where the middle of the new card will be
    property bool isOpen: false
    readonly property real wantedHeight: field.height + list.contentHeight + 3 * Theme.small + (none.visible ? none.height : 0)
    readonly property int rowHeight: Theme.px(48)
    signal finished

    visible: isOpen
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.outline
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Add a module")
    Accessible.ignored: !visible
    onIsOpenChanged: {
        if (!isOpen)
            return;
        field.clear();
        list.currentIndex = 0;
        field.forceActiveFocus(Qt.TabFocusReason);
    }

    function add(row: int) {
        if (row < 0 || row >= list.count)
            return;
        isOpen = false;
        finished();
        patch.catalogue.add(row, at.x, at.y);
    }

    function close() {
        isOpen = false;
        finished();
    }

    Keys.onUpPressed: list.decrementCurrentIndex()
    Keys.onDownPressed: list.incrementCurrentIndex()
    Keys.onEscapePressed: close()
    Keys.onPressed: event => event.accepted = event.key !== Qt.Key_Tab && event.key !== Qt.Key_Backtab // keys are letters here

    MouseArea {
        anchors.fill: parent
        onWheel: wheel => wheel.accepted = true
    }
    TextLine {
        id: field
        objectName: "addWords"
        x: Theme.small
        y: Theme.small
        width: parent.width - 2 * Theme.small
        spoken: qsTr("What to add")
        hint: qsTr("What to add?")
        onTextChanged: {
            root.patch.catalogue.words = text;
            list.currentIndex = 0;
        }
        onEntered: root.add(list.currentIndex)
    }
    Caption {
        id: none
        visible: list.count === 0
        x: Theme.large
        y: list.y
        width: parent.width - 2 * Theme.large
        height: implicitHeight + Theme.small
        text: qsTr("Nothing has these words. Try “strip”, “input” or “output”.")
        wrapMode: Text.Wrap
    }
    ListView {
        id: list
        objectName: "addList"
        x: Theme.small
        y: field.height + 2 * Theme.small
        width: parent.width - 2 * Theme.small
        height: parent.height - y - Theme.small
        model: root.patch.catalogue
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What can be added")

        delegate: T.ItemDelegate {
            id: row

            required property string name
            required property string about
            required property int index

            width: ListView.view.width
            height: root.rowHeight
            highlighted: ListView.isCurrentItem
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            text: name
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(name).arg(about)
            Accessible.selected: highlighted
            onHoveredChanged: {
                if (hovered)
                    ListView.view.currentIndex = index;
            }
            onClicked: root.add(index)
            contentItem: Item {}
            background: Rectangle {
                color: row.highlighted ? Theme.raised : "transparent"
                radius: Theme.px(5)

                Text {
                    x: Theme.small
                    y: Theme.px(6)
                    width: parent.width - 2 * Theme.small
                    text: row.name
                    color: Theme.text
                    font.pixelSize: Theme.bodySize
                    font.weight: Font.DemiBold
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
                Caption {
                    x: Theme.small
                    y: Theme.px(25)
                    width: parent.width - 2 * Theme.small
                    text: row.about
                    Accessible.ignored: true
                }
            }
        }
    }
}
