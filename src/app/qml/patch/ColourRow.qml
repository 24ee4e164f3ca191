pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tutti

/// The colours that a card can have, and none.
Row {
    id: root

    required property SelectionViewModel selection
    readonly property list<string> names: [qsTr("No colour"), qsTr("Blue"), qsTr("Yellow"), qsTr("Violet"), qsTr("Green"), qsTr("Orange"), qsTr("Teal"), qsTr("Lilac"), qsTr("Lime")]

    height: Theme.controlHeight
    spacing: 0
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Colour")

    Repeater {
        model: root.names

        T.AbstractButton {
            id: swatch

            required property string modelData
            required property int index
            readonly property bool isOn: root.selection.colour === index - 1

            width: Theme.px(24)
            height: Theme.controlHeight
            checkable: true
            checked: isOn
            focusPolicy: Qt.TabFocus
            hoverEnabled: true
            Accessible.role: Accessible.RadioButton
            Accessible.name: modelData
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            onClicked: {
                checked = Qt.binding(() => isOn);
                root.selection.setColour(index - 1);
            }
            background: Item {
                Rectangle {
                    anchors.centerIn: parent
                    width: Theme.px(swatch.isOn ? 20 : 16)
                    height: width
                    radius: width / 2
                    color: "transparent"
                    border.width: swatch.isOn ? 2 : 0
                    border.color: Theme.text
                }
                Rectangle {
                    anchors.centerIn: parent
                    width: Theme.px(12)
                    height: width
                    radius: width / 2
                    color: swatch.index === 0 ? "transparent" : Theme.player(swatch.index - 1)
                    border.width: swatch.index === 0 ? 1 : 0
                    border.color: Theme.outline
                }
                FocusRing {
                    isShown: swatch.visualFocus
                    gap: -1
                }
            }
            Tip {
                visible: swatch.hovered
                text: swatch.modelData
            }
        }
    }
}
