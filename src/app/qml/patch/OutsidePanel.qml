import QtQuick
import QtQuick.Layouts
import Tutti

/// What comes to the patch from outside: other programs, and audio streams of the LAN.
ScrollPage {
    id: root

    required property ProgramsViewModel programs
    required property StreamsViewModel streams

    spacing: Theme.medium
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("From outside")

    ProgramList {
        programs: root.programs
        Layout.fillWidth: true
    }
    Rectangle {
        color: Theme.line
        Layout.preferredHeight: 1
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
        Layout.bottomMargin: Theme.small
    }
    StreamList {
        streams: root.streams
        Layout.fillWidth: true
    }
}
