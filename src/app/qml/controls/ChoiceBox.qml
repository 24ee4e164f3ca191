import QtQuick
import QtQuick.Templates as T
import Tutti

/// One of several, in a list that drops down.
T.ComboBox {
    id: box

    required property ChoiceViewModel choice
    required property string spoken
    property bool isSmall: false

    model: choice.texts
    currentIndex: choice.index
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: isSmall ? Theme.px(24) : Theme.controlHeight
    leftPadding: isSmall ? Theme.tiny : Theme.medium
    rightPadding: Theme.px(isSmall ? 18 : 32)
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    font.pixelSize: isSmall ? Theme.captionSize : Theme.bodySize
    Accessible.name: qsTr("%1: %2").arg(spoken).arg(displayText)
    Keys.onReturnPressed: popup.open()
    Keys.onEnterPressed: popup.open()
    onActivated: index => {
        choice.choose(index);
        currentIndex = Qt.binding(() => choice.index); // a click breaks it
    }

    contentItem: Text {
        text: box.currentIndex < 0 ? qsTr("Choose") : box.displayText
        color: box.enabled ? Theme.text : Theme.disabled
        font: box.font
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
    }
    indicator: Icon {
        name: "chevron"
        color: Theme.muted
        x: box.width - width - (box.isSmall ? 2 : Theme.small)
        y: Math.round((box.height - height) / 2)
        width: Theme.px(box.isSmall ? 14 : 18)
        height: width
    }
    background: Rectangle {
        radius: box.isSmall ? Theme.px(5) : Theme.radius
        color: box.down ? Theme.raisedPressed : box.hovered ? Theme.raisedHover : Theme.raised
        FocusRing {
            isShown: box.visualFocus
        }
    }
    delegate: T.ItemDelegate {
        id: row

        required property string modelData

        width: ListView.view.width
        height: Theme.px(32)
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        highlighted: ListView.isCurrentItem
        hoverEnabled: true
        text: modelData
        Accessible.name: modelData
        contentItem: Text {
            text: row.text
            color: Theme.text
            font.pixelSize: Theme.bodySize
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
        }
        background: Rectangle {
            color: row.highlighted ? Theme.raisedHover : "transparent"
            radius: Theme.px(5)
        }
    }
    popup: T.Popup {
        readonly property real widest: Theme.px(220)

        y: box.height + 2
        width: Math.max(box.width, widest)
        implicitHeight: Math.min(contentItem.implicitHeight + 2 * padding, Theme.px(320))
        padding: Theme.tiny
        margins: Theme.small
        contentItem: ListView {
            implicitHeight: contentHeight
            model: box.delegateModel
            currentIndex: box.highlightedIndex
            clip: true
            boundsBehavior: Flickable.StopAtBounds
        }
        background: Rectangle {
            color: Theme.raised
            radius: Theme.radius
            border.color: Theme.outline
        }
    }
}
