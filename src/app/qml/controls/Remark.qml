import QtQuick
import QtQuick.Layouts
import Tutti

/// A sentence with an icon: a promise, a warning, what went wrong.
Rectangle {
    id: root

    property string text
    property string iconName: "info"
    property bool isAlarm: false
    readonly property color ink: isAlarm ? Theme.alarm : Theme.muted

    visible: text !== ""
    implicitHeight: row.implicitHeight + (isAlarm ? 2 * Theme.small : 0)
    radius: Theme.radius
    color: isAlarm ? Theme.alarmSurface : "transparent"
    Accessible.role: isAlarm ? Accessible.AlertMessage : Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: !visible

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: root.isAlarm ? Theme.small : 0
        spacing: Theme.small

        Icon {
            name: root.iconName
            color: root.ink
            Layout.preferredWidth: Theme.px(16)
            Layout.preferredHeight: Theme.px(16)
            Layout.alignment: Qt.AlignTop
        }
        Text {
            text: root.text
            color: root.ink
            font.pixelSize: Theme.captionSize
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Accessible.ignored: true
            Layout.fillWidth: true
        }
    }
}
