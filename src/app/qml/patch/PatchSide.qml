import QtQuick
import QtQuick.Layouts
import Tutti

/// Beside the patch: the sessions that are kept, and what comes from outside.
Rectangle {
    id: root

    required property SessionsViewModel sessions
    required property ProgramsViewModel programs
    required property StreamsViewModel streams
    property bool isOutside: false

    color: Theme.surface

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.margins: Theme.small
            Layout.bottomMargin: 0

            PageTab {
                objectName: "sessionsTab"
                text: qsTr("Sessions")
                isHere: !root.isOutside
                onClicked: root.isOutside = false
            }
            PageTab {
                objectName: "outsideTab"
                text: qsTr("From outside")
                isHere: root.isOutside
                badge: root.programs.unapproved > 0 ? root.programs.unapproved : ""
                spoken: root.programs.unapproved > 0 ? qsTr("From outside, %1 programs wait for you").arg(root.programs.unapproved) : text
                onClicked: root.isOutside = true
            }
            Item {
                Layout.fillWidth: true
            }
        }
        SessionsPanel {
            objectName: "sessionsPanel"
            sessions: root.sessions
            visible: !root.isOutside
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        OutsidePanel {
            objectName: "outsidePanel"
            programs: root.programs
            streams: root.streams
            visible: root.isOutside
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
}
