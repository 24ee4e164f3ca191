import QtQuick
import Tutti

/// One line to type into, with a word about what belongs there.
FocusScope {
    id: root

    required property string spoken
    property string hint
    property string complaint
    property bool isSecret: false
    property int maximumLength: 32767
    property alias text: input.text
    signal entered

    implicitWidth: Theme.px(160)
    implicitHeight: Theme.controlHeight

    function clear() {
        input.clear();
    }

    function selectAll() {
        input.selectAll();
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.background
        border.width: input.activeFocus ? Theme.focusWidth : 1
        border.color: root.complaint !== "" ? Theme.alarm : input.activeFocus ? Theme.text : Theme.outline
    }
    Text {
        anchors.fill: input
        visible: input.text === "" && input.preeditText === ""
        text: root.hint
        color: Theme.muted
        font: input.font
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    TextInput {
        id: input

        anchors.fill: parent
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.medium
        focus: true
        activeFocusOnTab: true
        clip: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        font.pixelSize: Theme.bodySize
        verticalAlignment: TextInput.AlignVCenter
        selectByMouse: true
        maximumLength: root.maximumLength
        echoMode: root.isSecret ? TextInput.Password : TextInput.Normal
        Accessible.role: Accessible.EditableText
        Accessible.name: root.spoken
        Accessible.description: root.complaint
        Keys.onReturnPressed: root.entered() // not onAccepted: a text field passes Enter on
        Keys.onEnterPressed: root.entered()
    }
}
