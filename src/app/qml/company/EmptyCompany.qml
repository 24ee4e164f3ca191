import Tutti

/// Nobody there: why, and what helps.
EmptyPlace {
    required property bool isEnabled
    property string problem

    iconName: "peers"
    title: !isEnabled ? qsTr("Link is off") : problem !== "" ? qsTr("Link cannot hear everybody") : qsTr("No other Link programs yet")
    advice: {
        if (!isEnabled)
            return qsTr("Switch it on to play with the Link programs on this network.");
        return problem !== "" ? qsTr("What is in the way stands above, in red.") : qsTr("Start one on this network, and it appears here by itself.");
    }
}
