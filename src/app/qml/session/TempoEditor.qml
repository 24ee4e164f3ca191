import QtQuick
import Tutti

/// The tempo while it is typed. Enter sets it, Escape leaves it, a wrong one stays to be mended.
TextInput {
    id: root

    required property TempoViewModel tempo
    signal done(isByKey: bool)

    color: tempo.complaint === "" ? Theme.text : Theme.alarm
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    verticalAlignment: TextInput.AlignVCenter
    selectByMouse: true
    maximumLength: 7
    inputMethodHints: Qt.ImhFormattedNumbersOnly
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Tempo in beats per minute")
    Accessible.description: tempo.complaint

    function begin(typed: string) {
        tempo.forgive();
        text = typed === "" ? tempo.text : typed;
        forceActiveFocus(Qt.TabFocusReason);
        if (typed === "")
            selectAll();
    }

    function leave(isByKey: bool) {
        tempo.forgive();
        done(isByKey);
    }

    function commit() {
        if (tempo.type(text))
            leave(true);
    }

    onTextEdited: tempo.forgive()
    Keys.onReturnPressed: commit() // not onAccepted: a text field passes Enter on, and editing would begin again
    Keys.onEnterPressed: commit()
    Keys.onEscapePressed: leave(true)
    onActiveFocusChanged: {
        if (activeFocus || !visible)
            return;
        tempo.type(text);
        leave(false);
    }
}
