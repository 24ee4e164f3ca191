import QtQuick
import QtQuick.Layouts
import Tutti

/// Whether friends elsewhere get into the room that is hosted here, and what to do where they do not.
ColumnLayout {
    id: root

    required property HostingViewModel hosting

    spacing: Theme.tiny
    visible: hosting.state !== HostingViewModel.Elsewhere

    Remark {
        objectName: "reach"
        text: root.hosting.text
        iconName: root.hosting.state === HostingViewModel.Open ? "globe" : root.hosting.state === HostingViewModel.Closed ? "warning" : "info"
        Layout.fillWidth: true
    }
    Caption {
        objectName: "reachCure"
        visible: text !== ""
        text: root.hosting.cure
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.leftMargin: Theme.px(16) + Theme.small
    }
}
