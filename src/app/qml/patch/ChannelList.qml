pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tutti

/// The channels of other programs, by program.
ColumnLayout {
    id: root

    required property ChannelsViewModel channels

    spacing: Theme.small

    Repeater {
        model: root.channels

        ChannelRow {
            channels: root.channels
            Layout.fillWidth: true
        }
    }
}
