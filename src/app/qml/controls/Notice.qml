import QtQuick
import QtQuick.Layouts
import Tutti

/// Something to know that stops nobody: a line across the window.
Rectangle {
    id: root

    property string text
    property string iconName: "info"
    property bool isAlarm: false
    property bool isDismissable: false
    property string remedy // what a button offers to do about it
    signal dismissed
    signal remedied

    visible: text !== ""
    implicitHeight: visible ? row.implicitHeight + 2 * Theme.small : 0
    color: isAlarm ? Theme.alarmSurface : Theme.surface
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Accessible.ignored: !visible

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.large
        spacing: Theme.medium

        Icon {
            name: root.iconName
            color: root.isAlarm ? Theme.alarm : Theme.muted
            Layout.preferredWidth: Theme.px(18)
            Layout.preferredHeight: Theme.px(18)
        }
        Text {
            text: root.text
            color: root.isAlarm ? Theme.alarm : Theme.text
            font.pixelSize: Theme.bodySize
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Layout.fillWidth: true
        }
        PushButton {
            objectName: "remedy"
            visible: root.remedy !== ""
            text: root.remedy
            implicitHeight: Theme.px(28)
            onClicked: root.remedied()
        }
        PushButton {
            visible: root.isDismissable
            iconName: "close"
            isQuiet: true
            spoken: qsTr("Dismiss")
            implicitHeight: Theme.px(28)
            onClicked: root.dismissed()
        }
    }
}
