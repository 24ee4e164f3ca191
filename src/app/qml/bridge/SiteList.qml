import QtQuick
import QtQuick.Layouts
import Tutti

/// The other sites.
ColumnLayout {
    id: root

    required property SitesViewModel sites

    spacing: Theme.medium
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Sites")

    Heading {
        text: qsTr("Sites")
        Layout.fillWidth: true
    }
    Repeater {
        model: root.sites

        SiteRow {
            Layout.fillWidth: true
        }
    }
}
