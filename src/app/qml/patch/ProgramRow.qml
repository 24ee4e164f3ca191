import QtQuick
import QtQuick.Layouts
import Tutti

/// A program of the patch: what it is, what it does, and what can be done with it.
Rectangle {
    id: root

    required property ProgramsViewModel programs
    required property string name
    required property string command
    required property string doing
    required property string lastWords
    required property bool isRunning
    required property bool canStart

    implicitHeight: column.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: Theme.background
    border.color: Theme.line
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: qsTr("%1. %2").arg(root.doing).arg(command)

    ColumnLayout {
        id: column
        x: Theme.small
        y: Theme.small
        width: parent.width - 2 * Theme.small
        spacing: 2

        RowLayout {
            spacing: Theme.small
            Layout.fillWidth: true

            Rectangle {
                radius: width / 2
                color: root.isRunning ? Theme.level : "transparent"
                border.color: root.isRunning ? Theme.level : Theme.alarm
                border.width: 2
                Layout.preferredWidth: Theme.px(10)
                Layout.preferredHeight: Theme.px(10)
            }
            Text {
                text: root.name
                color: Theme.text
                font.pixelSize: Theme.bodySize
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                Accessible.ignored: true
                Layout.fillWidth: true
            }
        }
        Repeater {
            model: [root.command, root.doing, root.isRunning ? "" : root.lastWords]

            Caption {
                required property string modelData

                visible: text !== ""
                text: modelData
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                maximumLineCount: 6
                elide: Text.ElideRight
                Accessible.ignored: true
                Layout.fillWidth: true
            }
        }
        Flow {
            spacing: Theme.tiny
            Layout.fillWidth: true
            Layout.topMargin: Theme.tiny

            PushButton {
                visible: root.canStart
                text: qsTr("Start again")
                spoken: qsTr("Start %1 again").arg(root.name)
                implicitHeight: Theme.px(28)
                onClicked: root.programs.again(root.name)
            }
            PushButton {
                text: root.isRunning ? qsTr("End it") : qsTr("Remove")
                spoken: root.isRunning ? qsTr("End %1").arg(root.name) : qsTr("Remove %1").arg(root.name)
                tip: qsTr("It leaves the patch; its cables stay for the next time")
                isQuiet: true
                implicitHeight: Theme.px(28)
                onClicked: root.programs.remove(root.name)
            }
        }
    }
}
