import QtQuick
import QtQuick.Layouts
import Tutti

/// What is said in writing.
ColumnLayout {
    id: root

    required property ChatViewModel chat
    property bool hasLine: true

    spacing: Theme.small

    function say() {
        chat.say(input.text);
        input.clear();
    }

    Rectangle {
        visible: root.hasLine
        color: Theme.line
        Layout.fillWidth: true
        Layout.preferredHeight: 1
    }
    ListView {
        id: list

        model: root.chat
        clip: true
        spacing: Theme.tiny
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Chat")
        Layout.fillWidth: true
        Layout.fillHeight: true

        property bool isAtEnd: true // until somebody reads back: what is said last is seen
        onMovementEnded: isAtEnd = atYEnd
        onCountChanged: showEnd()
        onHeightChanged: showEnd() // a longer line of people
        onContentHeightChanged: showEnd() // its own lines wrap
        function showEnd() {
            if (isAtEnd)
                positionViewAtEnd();
        }

        delegate: ColumnLayout {
            id: line

            required property string name
            required property string text
            required property bool isOurs

            width: ListView.view.width
            spacing: 0
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(name).arg(text)

            Caption {
                text: line.name
                color: line.isOurs ? Theme.accent : Theme.muted
                Accessible.ignored: true
            }
            Text {
                text: line.text
                color: Theme.text
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                Accessible.ignored: true
                Layout.fillWidth: true
            }
        }
        Caption {
            visible: list.count === 0
            anchors.centerIn: parent
            text: qsTr("Nothing was said yet")
        }
    }
    TextLine {
        id: input
        objectName: "say"
        spoken: qsTr("Say something")
        hint: qsTr("Say something…")
        maximumLength: root.chat.longest
        onEntered: root.say()
        Layout.fillWidth: true
    }
    Caption {
        visible: input.text.length > root.chat.longest - 50
        text: qsTr("%n character(s) left", "", root.chat.longest - input.text.length)
    }
}
