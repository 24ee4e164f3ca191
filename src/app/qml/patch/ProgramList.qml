pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// The programs of the patch: what each is doing, and which of them may run.
ColumnLayout {
    id: root

    required property ProgramsViewModel programs

    spacing: Theme.small

    function add() {
        if (name.text.trim() === "" || command.text.trim() === "")
            return;
        programs.add(name.text, command.text);
        name.clear();
        command.clear();
    }

    Heading {
        text: qsTr("Programs")
        Layout.fillWidth: true
    }
    Remark {
        text: root.programs.problem
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
    Caption {
        visible: root.programs.count === 0
        text: qsTr("A program that is a module of the patch: a synthesiser, an effect, a meter. Tutti starts it, and starts it again when it crashes.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    ColumnLayout {
        visible: root.programs.unapproved > 0
        spacing: Theme.small
        Layout.fillWidth: true

        Remark {
            objectName: "unapproved"
            text: qsTr("This session wants to start programs on your computer (%1). Look at their commands below: start them only if you know what they are.").arg(root.programs.unapproved)
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "approvePrograms"
            text: qsTr("I know them, start them")
            onClicked: root.programs.approve()
        }
    }
    Repeater {
        model: root.programs

        ProgramRow {
            programs: root.programs
            Layout.fillWidth: true
        }
    }
    TextLine {
        id: name
        objectName: "programName"
        spoken: qsTr("Name of a program")
        hint: qsTr("Name, such as Organ")
        maximumLength: 60
        onEntered: command.forceActiveFocus(Qt.TabFocusReason)
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        TextLine {
            id: command
            objectName: "programCommand"
            spoken: qsTr("Its command")
            hint: qsTr("/usr/bin/organ --stop 8")
            complaint: root.programs.refusal
            maximumLength: 2000
            onEntered: root.add()
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "addProgram"
            text: qsTr("Start")
            enabled: name.text.trim() !== "" && command.text.trim() !== ""
            onClicked: root.add()
        }
    }
    Remark {
        text: root.programs.refusal
        iconName: "warning"
        isAlarm: true
        Layout.fillWidth: true
    }
}
