import QtQuick
import QtQuick.Layouts
import Tutti

/// A strip of the mixer: whose it is, what only this kind of strip has, and its channels.
Rectangle {
    id: root

    required property StripViewModel strip
    property bool hasKeys: true
    property bool hasPan: true
    property bool isLinkable: true
    /// Between the name and the channels.
    default property alias extras: extras.data

    readonly property color hue: strip.colour < 0 ? "transparent" : Theme.player(strip.colour)
    readonly property bool isSplit: isLinkable && !strip.isLinked

    implicitWidth: Math.max(column.implicitWidth + 2 * Theme.small, Theme.px(96))
    implicitHeight: column.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: strip.instrument === "" ? strip.name : qsTr("%1, %2").arg(strip.name).arg(strip.instrument)

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width - 2 * Theme.small
        height: Theme.px(4)
        radius: height / 2
        color: root.hue
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.small
        anchors.topMargin: Theme.medium
        spacing: Theme.tiny

        Text {
            text: root.strip.name
            color: Theme.text
            font.pixelSize: Theme.bodySize
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
            Layout.fillWidth: true
            Layout.preferredWidth: 0
        }
        Caption {
            text: root.strip.instrument
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
            Layout.fillWidth: true
            Layout.preferredWidth: 0
        }
        ColumnLayout {
            id: extras
            spacing: Theme.tiny
            Layout.fillWidth: true
        }
        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true
            Layout.fillHeight: true

            ChannelControls {
                channel: root.strip.first
                otherLevel: root.isSplit ? null : root.strip.second.level
                name: root.isSplit ? qsTr("%1, first channel").arg(root.strip.name) : root.strip.name
                hasKeys: root.hasKeys
                hasPan: root.hasPan
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
            ChannelControls {
                visible: root.isSplit
                channel: root.strip.second
                name: qsTr("%1, second channel").arg(root.strip.name)
                hasKeys: root.hasKeys
                hasPan: root.hasPan
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
        ToggleKey {
            visible: root.isLinkable
            iconName: "link"
            spoken: qsTr("Link the two channels of %1").arg(root.strip.name)
            tip: root.strip.isLinked ? qsTr("Both channels move as one") : qsTr("Each channel by itself")
            isOn: root.strip.isLinked
            onClicked: root.strip.toggleLink()
            Layout.alignment: Qt.AlignHCenter
        }
    }
}
