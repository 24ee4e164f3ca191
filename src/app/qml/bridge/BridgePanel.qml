import QtQuick
import QtQuick.Layouts
import Tutti

/// One Link session with the other sites of the room: the switch, how tight it is, and each site.
ScrollPage {
    id: root

    required property BridgeViewModel bridge
    readonly property bool isPossible: bridge.state !== BridgeViewModel.NoRoom && bridge.state !== BridgeViewModel.Echo

    spacing: Theme.medium

    EmptyPlace {
        visible: root.bridge.state === BridgeViewModel.NoRoom
        iconName: "link"
        title: qsTr("Not in a room")
        advice: qsTr("Join the room of the others, and the Link programs of all of you can be one session.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.huge
    }
    EmptyPlace {
        visible: root.bridge.state === BridgeViewModel.Echo
        iconName: "link"
        title: qsTr("Nobody to bridge to")
        advice: qsTr("Only your echo is in this room. Join one with others.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.huge
    }
    ToggleSwitch {
        objectName: "bridgeSwitch"
        visible: root.isPossible
        text: qsTr("Bridge Link")
        font.weight: Font.DemiBold
        tip: qsTr("One Link session with all others in this room who bridge")
        isTipBelow: true
        checked: root.bridge.isOn
        onToggled: root.bridge.toggle()
    }
    Caption {
        visible: root.isPossible
        text: root.bridge.isOn ? root.bridge.peersText : qsTr("The Link programs on this network and those of everybody else who bridges become one session: one tempo, one beat, one start and stop.")
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    BridgeRights {
        visible: root.isPossible && root.bridge.isOn
        bridge: root.bridge
        Layout.fillWidth: true
    }
    EmptyPlace {
        visible: root.bridge.state === BridgeViewModel.OneSite
        iconName: "peers"
        title: qsTr("No other site yet")
        advice: qsTr("The others in this room switch on “Bridge Link”, too, or run “tutti bridge” with the same invitation.")
        Layout.fillWidth: true
        Layout.topMargin: Theme.large
    }
    PhasePlot {
        visible: root.bridge.state === BridgeViewModel.Bridged
        bridge: root.bridge
        Layout.fillWidth: true
    }
    Remark {
        objectName: "bridgeAdvice"
        text: root.bridge.advice
        iconName: "info"
        Layout.fillWidth: true
    }
    SiteList {
        objectName: "sites"
        visible: root.bridge.state === BridgeViewModel.Bridged
        sites: root.bridge.sites
        Layout.fillWidth: true
    }
    Heading {
        visible: root.bridge.lately.length > 0
        text: qsTr("Lately")
        Layout.fillWidth: true
    }
    Repeater {
        model: root.bridge.lately

        Caption {
            required property string modelData

            text: modelData
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
    }
}
