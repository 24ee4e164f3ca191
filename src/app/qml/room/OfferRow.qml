import QtQuick
import QtQuick.Layouts
import Tutti

/// A room to join with a click; the first of its group says which group that is.
ColumnLayout {
    id: root

    required property string name
    required property string invitation
    required property string members
    required property string group
    required property bool needsPassword
    required property bool isFirst
    required property bool isNear
    required property int index
    signal joinAsked
    signal forgetAsked

    spacing: Theme.tiny

    Heading {
        visible: root.isFirst
        text: root.group
        Layout.fillWidth: true
        Layout.topMargin: root.index === 0 ? 0 : Theme.small
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            Text {
                text: root.name
                color: Theme.text
                font.pixelSize: Theme.bodySize
                textFormat: Text.PlainText
                elide: Text.ElideRight
                Accessible.role: Accessible.StaticText
                Accessible.name: text
                Layout.fillWidth: true
            }
            Caption {
                visible: text !== ""
                text: root.members
                Layout.fillWidth: true
            }
        }
        Icon {
            visible: root.needsPassword
            name: "key"
            color: Theme.muted
            Layout.preferredWidth: Theme.px(16)
            Layout.preferredHeight: Theme.px(16)
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("with a password")
        }
        PushButton {
            visible: !root.isNear
            iconName: "close"
            isQuiet: true
            spoken: qsTr("Forget %1").arg(root.name)
            tip: qsTr("Forget this room")
            onClicked: root.forgetAsked()
        }
        PushButton {
            text: qsTr("Join")
            spoken: qsTr("Join %1").arg(root.name)
            onClicked: root.joinAsked()
        }
    }
}
