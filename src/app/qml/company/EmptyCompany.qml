import Tutti

/// Nobody there: why, and what helps.
EmptyPlace {
    required property bool isEnabled

    iconName: "peers"
    title: isEnabled ? qsTr("No other Link programs yet") : qsTr("Link is off")
    advice: isEnabled ? qsTr("Start one on this network, and it appears here by itself.") : qsTr("Switch it on to play with the Link programs on this network.")
}
