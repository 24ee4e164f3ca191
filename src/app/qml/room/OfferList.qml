import QtQuick
import QtQuick.Layouts
import Tutti

/// Rooms to join with a click.
Column {
    id: root

    required property OffersViewModel offers
    signal joinAsked(name: string, invitation: string, needsPassword: bool)

    spacing: Theme.tiny
    visible: offers.count > 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Rooms")

    Repeater {
        model: root.offers

        ColumnLayout {
            id: row

            required property string name
            required property string invitation
            required property string members
            required property string group
            required property bool needsPassword
            required property bool isFirst
            required property int index

            width: root.width
            spacing: Theme.tiny

            Heading {
                visible: row.isFirst
                text: row.group
                Layout.fillWidth: true
                Layout.topMargin: row.index === 0 ? 0 : Theme.small
            }
            RowLayout {
                spacing: Theme.small
                Layout.fillWidth: true

                ColumnLayout {
                    spacing: 0
                    Layout.fillWidth: true

                    Text {
                        text: row.name
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
                        text: row.members
                        Layout.fillWidth: true
                    }
                }
                Icon {
                    visible: row.needsPassword
                    name: "lock"
                    color: Theme.muted
                    Layout.preferredWidth: Theme.px(16)
                    Layout.preferredHeight: Theme.px(16)
                    Accessible.role: Accessible.StaticText
                    Accessible.name: qsTr("with a password")
                }
                PushButton {
                    text: qsTr("Join")
                    spoken: qsTr("Join %1").arg(row.name)
                    onClicked: root.joinAsked(row.name, row.invitation, row.needsPassword)
                }
            }
        }
    }
}
