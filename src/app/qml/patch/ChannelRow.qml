import QtQuick
import QtQuick.Layouts
import Tutti

/// A channel of another program: whether we hear it, when, and how it fares.
ColumnLayout {
    id: root

    required property ChannelsViewModel channels
    required property int index
    required property string peer
    required property string name
    required property string spoken
    required property string about
    required property string problem
    required property bool isInPatch
    required property real level
    required property int beats
    required property bool canTravel
    required property bool travels

    spacing: 2
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken
    Accessible.description: problem === "" ? about : problem

    Heading {
        visible: text !== ""
        text: root.peer
        Layout.fillWidth: true
        Layout.topMargin: root.index > 0 ? Theme.small : 0
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        Text {
            text: root.name
            color: Theme.text
            font.pixelSize: Theme.bodySize
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            Accessible.ignored: true
            Layout.fillWidth: true
        }
        PushButton {
            text: root.isInPatch ? qsTr("Stop") : qsTr("Listen")
            spoken: (root.isInPatch ? qsTr("Stop listening to %1") : qsTr("Listen to %1")).arg(root.spoken)
            tip: root.isInPatch ? qsTr("It leaves the patch, with its cables") : qsTr("A card of the patch, connected to the master")
            isQuiet: root.isInPatch
            implicitHeight: Theme.px(28)
            onClicked: root.isInPatch ? root.channels.stop(root.index) : root.channels.listen(root.index)
        }
    }
    Rectangle {
        visible: root.isInPatch && root.problem === ""
        color: Theme.raised
        radius: height / 2
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Level of %1: %2 dB").arg(root.spoken).arg(DecibelScale.text(root.level))
        Layout.preferredHeight: Theme.px(6)
        Layout.fillWidth: true

        Rectangle {
            radius: parent.radius
            color: Theme.level
            width: parent.width * DecibelScale.position(root.level)
            height: parent.height
        }
    }
    Caption {
        visible: text !== ""
        text: root.about
        wrapMode: Text.Wrap
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    Remark {
        text: root.problem
        iconName: "warning"
        Layout.fillWidth: true
    }
    ToggleSwitch {
        id: onBeat
        visible: root.isInPatch
        text: qsTr("On the beat")
        tip: qsTr("Heard whole beats after it was played, instead of as early as is safe")
        Accessible.name: qsTr("%1 on the beat").arg(root.spoken)
        checked: root.beats > 0
        onToggled: root.channels.place(root.index, checked ? 1 : 0)
    }
    DelaySteps {
        visible: root.isInPatch && root.beats > 0
        text: qsTr("%n beat(s)", "", root.beats)
        spoken: qsTr("Heard %n beat(s) later", "", root.beats)
        spokenLess: qsTr("Fewer beats for %1").arg(root.spoken)
        spokenMore: qsTr("More beats for %1").arg(root.spoken)
        canLess: root.beats > 1
        canMore: root.beats < root.channels.mostBeats
        onStepped: steps => root.channels.place(root.index, root.beats + steps)
        Layout.fillWidth: true
    }
    ToggleSwitch {
        id: away
        visible: root.canTravel
        text: qsTr("For the other sites")
        tip: qsTr("The Link programs of the room's other sites may have it, sealed on its way, on the beat")
        Accessible.name: qsTr("%1 for the other sites").arg(root.spoken)
        checked: root.travels
        onToggled: root.channels.carry(root.index, checked)
    }
    onTravelsChanged: away.checked = travels
    onBeatsChanged: onBeat.checked = beats > 0 // a hand has broken the binding
}
