import QtQuick
import QtQuick.Layouts
import Tutti

/// A session that is kept: a small picture of it, and what can be done with it.
Rectangle {
    id: root

    required property SessionsViewModel sessions
    required property string name
    required property string about
    required property string when
    required property string problem
    required property string picture
    required property bool isOpen
    property bool isNaming: false
    signal openAsked

    implicitHeight: column.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: Theme.background
    border.color: isOpen ? Theme.accent : Theme.line
    border.width: isOpen ? 2 : 1
    Accessible.role: Accessible.ListItem
    Accessible.name: isOpen ? qsTr("%1, open").arg(name) : name
    Accessible.description: problem === "" ? qsTr("%1, saved %2").arg(about).arg(when) : problem

    ColumnLayout {
        id: column
        x: Theme.small
        y: Theme.small
        width: parent.width - 2 * Theme.small
        spacing: Theme.small

        RowLayout {
            spacing: Theme.medium
            Layout.fillWidth: true

            Thumbnail {
                visible: root.problem === ""
                svg: root.picture
                Layout.preferredWidth: Theme.px(80)
                Layout.preferredHeight: Theme.px(50)
                Layout.alignment: Qt.AlignTop
            }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true

                Text {
                    visible: !root.isNaming
                    text: root.name
                    color: Theme.text
                    font.pixelSize: Theme.bodySize
                    font.weight: Font.DemiBold
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
                TextLine {
                    id: line
                    visible: root.isNaming
                    spoken: qsTr("New name of “%1”").arg(root.name)
                    maximumLength: 60
                    onEntered: {
                        root.isNaming = false;
                        root.sessions.rename(root.name, line.text);
                    }
                    Keys.onEscapePressed: root.isNaming = false
                    Layout.fillWidth: true
                }
                Caption {
                    visible: root.problem === ""
                    text: root.about
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                }
                Caption {
                    text: root.when
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                }
            }
        }
        Remark {
            text: root.problem
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        Flow {
            spacing: Theme.tiny
            Layout.fillWidth: true

            PushButton {
                visible: root.problem === ""
                text: root.isOpen ? qsTr("Open again") : qsTr("Open")
                spoken: qsTr("Open %1").arg(root.name)
                implicitHeight: Theme.px(28)
                onClicked: root.openAsked()
            }
            PushButton {
                visible: root.problem === ""
                iconName: "rename"
                isQuiet: true
                spoken: qsTr("Rename %1").arg(root.name)
                tip: qsTr("Rename")
                implicitHeight: Theme.px(28)
                onClicked: {
                    root.isNaming = true;
                    line.text = root.name;
                    line.forceActiveFocus(Qt.TabFocusReason);
                }
            }
            PushButton {
                property bool isMeant: false

                iconName: "remove"
                text: isMeant ? qsTr("Delete it?") : ""
                isQuiet: !isMeant
                isPrimary: isMeant
                isAlarm: isMeant
                spoken: isMeant ? qsTr("Really delete %1").arg(root.name) : qsTr("Delete %1").arg(root.name)
                tip: isMeant ? "" : qsTr("Delete")
                implicitHeight: Theme.px(28)
                onClicked: {
                    if (isMeant)
                        root.sessions.remove(root.name);
                    isMeant = !isMeant;
                }
                onHoveredChanged: {
                    if (!hovered && !activeFocus)
                        isMeant = false;
                }
                onActiveFocusChanged: isMeant = false
            }
        }
    }
}
