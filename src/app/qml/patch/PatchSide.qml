import QtQuick
import QtQuick.Layouts
import Tutti

/// Beside the patch: the sessions that are kept, what comes from outside, channels of the Link session.
Rectangle {
    id: root

    required property SessionsViewModel sessions
    required property ProgramsViewModel programs
    required property StreamsViewModel streams
    required property ChannelsViewModel channels
    property bool isOutside: false
    property bool isChannels: false

    onIsOutsideChanged: if (isOutside) isChannels = false
    onIsChannelsChanged: if (isChannels) isOutside = false

    color: Theme.surface

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Flow {
            spacing: 0
            Layout.fillWidth: true
            Layout.margins: Theme.tiny
            Layout.bottomMargin: 0

            PageTab {
                objectName: "sessionsTab"
                text: qsTr("Sessions")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: !root.isOutside && !root.isChannels
                onClicked: root.isOutside = root.isChannels = false
            }
            PageTab {
                objectName: "outsideTab"
                text: qsTr("Outside")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: root.isOutside
                badge: root.programs.unapproved > 0 ? root.programs.unapproved : ""
                spoken: root.programs.unapproved > 0 ? qsTr("Outside, %1 programs wait for you").arg(root.programs.unapproved) : text
                onClicked: root.isOutside = true
            }
            PageTab {
                objectName: "channelsTab"
                text: qsTr("Channels")
                leftPadding: Theme.small
                rightPadding: Theme.small
                isHere: root.isChannels
                onClicked: root.isChannels = true
            }
        }
        SessionsPanel {
            objectName: "sessionsPanel"
            sessions: root.sessions
            visible: !root.isOutside && !root.isChannels
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
        ChannelsPanel {
            objectName: "channelsPanel"
            channels: root.channels
            visible: root.isChannels
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
