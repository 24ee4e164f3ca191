pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// Patches that are kept: which one is open, and the others.
Rectangle {
    id: root

    required property SessionsViewModel sessions
    property string asksAbout // the session whose opening would lose changes

    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Sessions")
    onVisibleChanged: {
        asksAbout = "";
        if (visible)
            sessions.refresh();
    }

    function open(name: string) {
        const losesChanges = sessions.isUnsaved && asksAbout !== name;
        asksAbout = losesChanges ? name : "";
        if (!losesChanges)
            sessions.open(name);
    }

    ScrollPage {
        id: page
        anchors.fill: parent
        spacing: Theme.medium

        SessionState {
            sessions: root.sessions
            Layout.fillWidth: true
        }
        Remark {
            objectName: "sessionProblem"
            text: root.sessions.problem
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        Repeater {
            model: root.sessions.remarks

            Remark {
                required property string modelData

                text: modelData
                Layout.fillWidth: true
            }
        }
        ColumnLayout {
            visible: root.asksAbout !== ""
            spacing: Theme.small
            Layout.fillWidth: true

            Remark {
                text: qsTr("What was changed since the last save is lost when “%1” is opened.").arg(root.asksAbout)
                iconName: "warning"
                isAlarm: true
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.small
                Layout.fillWidth: true

                PushButton {
                    objectName: "openAnyway"
                    text: qsTr("Open it")
                    isAlarm: true
                    isPrimary: true
                    onClicked: root.open(root.asksAbout)
                }
                PushButton {
                    text: qsTr("Cancel")
                    isQuiet: true
                    onClicked: root.asksAbout = ""
                }
            }
        }
        Heading {
            text: qsTr("Kept sessions")
            visible: root.sessions.count > 0
            Layout.fillWidth: true
            Layout.topMargin: Theme.small
        }
        EmptyPlace {
            visible: root.sessions.count === 0
            iconName: "sessions"
            title: qsTr("No sessions yet")
            advice: qsTr("A session keeps all cards, cables, names and gains. Give what plays now a name, and it is here the next time.")
            Layout.fillWidth: true
            Layout.topMargin: Theme.huge
        }
        Repeater {
            model: root.sessions

            SessionRow {
                sessions: root.sessions
                onOpenAsked: root.open(name)
                Layout.fillWidth: true
            }
        }
    }
}
