import QtQuick
import QtQuick.Layouts
import Tutti

/// Who we are and what we sound through: asked when rooms are first looked at, and whenever somebody wants to change it.
Rectangle {
    id: root

    required property Band band
    /// Rooms are in sight: who only keeps time is not asked.
    required property bool isInRoom
    readonly property bool isFirstTime: band.own.isUnknown
    readonly property bool isDue: isFirstTime && isInRoom
    property bool wasAsked: false
    signal dismissed

    color: Qt.rgba(Theme.background.r, Theme.background.g, Theme.background.b, 0.8)
    Accessible.role: Accessible.Dialog
    Accessible.name: heading.text
    visible: false
    onIsFirstTimeChanged: {
        if (!isFirstTime)
            wasAsked = false;
    }
    onIsDueChanged: {
        if (!isDue || wasAsked)
            return;
        wasAsked = true;
        visible = true;
    }
    onVisibleChanged: {
        if (!visible)
            return;
        name.text = isFirstTime ? "" : band.own.strip.name;
        instrument.text = band.own.strip.instrument;
        server.show();
        band.device.look();
        name.forceActiveFocus(Qt.TabFocusReason);
    }

    function finish() {
        if (name.text.trim() === "")
            return name.forceActiveFocus(Qt.TabFocusReason);
        if (server.complaint !== "")
            return server.focusLine();
        band.hosting.useServer(server.text);
        band.own.introduce(name.text, instrument.text);
        dismissed();
    }

    MouseArea {
        anchors.fill: parent
        onClicked: root.dismissed()
        onWheel: wheel => wheel.accepted = true
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.medium, Theme.px(520))
        height: Math.min(parent.height - 2 * Theme.medium, page.wantedHeight)
        color: Theme.surface
        border.color: Theme.outline
        radius: Theme.radius

        MouseArea {
            anchors.fill: parent
        }
        ScrollPage {
            id: page

            readonly property real wantedHeight: page.lineHeight + 2 * margin

            anchors.fill: parent
            margin: Theme.huge

            Heading {
                id: heading
                text: root.isFirstTime ? qsTr("Welcome. Who plays?") : qsTr("Name and sound device")
                font.pixelSize: Theme.titleSize
                Layout.fillWidth: true
                Layout.bottomMargin: Theme.tiny
            }
            RowLayout {
                spacing: Theme.small
                Layout.fillWidth: true

                TextLine {
                    id: name
                    objectName: "ownName"
                    spoken: qsTr("Your name")
                    hint: qsTr("Your name")
                    maximumLength: 32
                    onEntered: root.finish()
                    Layout.fillWidth: true
                }
                TextLine {
                    id: instrument
                    objectName: "ownInstrument"
                    spoken: qsTr("Your instrument")
                    hint: qsTr("Your instrument")
                    maximumLength: 32
                    onEntered: root.finish()
                    Layout.fillWidth: true
                }
            }
            DeviceForm {
                device: root.band.device
                Layout.fillWidth: true
                Layout.topMargin: Theme.medium
            }
            CableStep {
                cable: root.band.device.cable
                Layout.fillWidth: true
                Layout.topMargin: Theme.tiny
            }
            CableRemark {
                device: root.band.device
                Layout.fillWidth: true
            }
            ServerLine {
                id: server
                visible: !root.isFirstTime
                hosting: root.band.hosting
                Layout.fillWidth: true
                Layout.topMargin: Theme.medium
            }
            RowLayout {
                spacing: Theme.small
                Layout.fillWidth: true
                Layout.topMargin: Theme.medium

                Item {
                    Layout.fillWidth: true
                }
                PushButton {
                    text: root.isFirstTime ? qsTr("Later") : qsTr("Cancel")
                    isQuiet: true
                    onClicked: root.dismissed()
                }
                PushButton {
                    objectName: "introduce"
                    text: root.isFirstTime ? qsTr("Let's play") : qsTr("Done")
                    isPrimary: true
                    enabled: name.text.trim() !== ""
                    onClicked: root.finish()
                }
            }
        }
    }
}
