import QtQuick
import QtQuick.Templates as T
import Tutti

/// The highest level there was, of one channel or two; lights up and stays lit once it has clipped, until clicked.
T.AbstractButton {
    id: root

    required property LevelViewModel level
    required property LevelViewModel otherLevel // the same one for a single channel
    required property string name
    readonly property bool hasClipped: level.hasClipped || otherLevel.hasClipped
    readonly property LevelViewModel higher: otherLevel.hasClipped || (!level.hasClipped && otherLevel.highest > level.highest) ? otherLevel : level

    implicitWidth: Theme.px(44)
    implicitHeight: Theme.px(18)
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: higher.highestText
    Accessible.name: qsTr("%1, highest level %2: clear").arg(name).arg(text)
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    onClicked: {
        level.clear();
        if (otherLevel !== level)
            otherLevel.clear();
    }

    contentItem: Text {
        text: root.text
        color: root.hasClipped ? Theme.background : Theme.muted
        font.pixelSize: Theme.px(11)
        font.weight: root.hasClipped ? Font.Bold : Font.Normal
        textFormat: Text.PlainText
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    background: Rectangle {
        radius: Theme.px(4)
        color: root.hasClipped ? Theme.alarm : root.hovered ? Theme.raisedHover : "transparent"
        FocusRing {
            isShown: root.visualFocus
            gap: 1
        }
    }
    Tip {
        visible: root.hovered
        text: root.hasClipped ? qsTr("Too loud: turn it down. Click to clear") : qsTr("Highest level; click to clear")
    }
}
