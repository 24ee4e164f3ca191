import QtQuick
import Tutti

/// The other Link programs, or how to get some.
ListView {
    id: root

    required property Stage stage

    objectName: "peerList"
    model: stage.peers
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    keyNavigationEnabled: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Link programs")

    delegate: PeerRow {
        width: ListView.view.width
        isCurrent: ListView.isCurrentItem && ListView.view.activeFocus
    }

    EmptyCompany {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.huge
        visible: root.count === 0
        isEnabled: root.stage.link.isEnabled
        problem: root.stage.link.problem
    }
}
