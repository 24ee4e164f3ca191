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
    signal patchAsked

    /// Its fader gets the keyboard.
    function take() {
        channel.take();
    }
    /// Between the name and the channels.
    default property alias extras: extras.data

    readonly property color hue: strip.colour < 0 ? "transparent" : Theme.player(strip.colour)
    /// What stands above the faders is as tall in every strip, so that they can be compared.
    readonly property real keyHeight: Theme.px(24)
    readonly property real widestName: Theme.px(140)
    readonly property bool isSplit: isLinkable && !strip.isLinked

    implicitWidth: Math.max(column.implicitWidth, Math.min(title.implicitWidth + 2, widestName), Theme.px(80)) + 2 * Theme.small
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
            id: title

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
            Layout.alignment: Qt.AlignHCenter | Qt.AlignTop
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.minimumHeight: root.hasKeys ? root.keyHeight : 2 * root.keyHeight + spacing
        }
        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true
            Layout.fillHeight: true

            ChannelControls {
                id: channel
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
        RowLayout {
            spacing: Theme.tiny
            Layout.alignment: Qt.AlignHCenter

            ToggleKey {
                visible: root.isLinkable
                iconName: "link"
                spoken: qsTr("Link the two channels of %1").arg(root.strip.name)
                tip: root.strip.isLinked ? qsTr("Both channels move as one") : qsTr("Each channel by itself")
                isOn: root.strip.isLinked
                onClicked: root.strip.toggleLink()
            }
            ToggleKey {
                iconName: "patch"
                spoken: qsTr("Show %1 in the patch").arg(root.strip.name)
                tip: qsTr("Show in the patch")
                checkable: false
                onClicked: root.patchAsked()
            }
        }
    }
}
