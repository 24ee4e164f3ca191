import QtQuick
import QtQuick.Layouts
import Tutti

/// Everything in the window: the wheel and its controls, the company beside them, and what just happened.
Item {
    id: root

    required property Stage stage
    signal quitAsked

    readonly property bool isWide: width >= Theme.px(860)
    property bool wantsCompany: true
    property bool isCompanyOver: false
    readonly property alias companyPage: company
    readonly property bool isCompanyShown: isWide ? wantsCompany : isCompanyOver

    function toggleCompany() {
        if (isWide)
            wantsCompany = !wantsCompany;
        else
            isCompanyOver = !isCompanyOver;
    }

    function toggleKeys() {
        if (keySheet.active)
            back();
        else
            keySheet.active = true;
    }

    function back() {
        if (keySheet.active)
            keySheet.active = false;
        else if (isCompanyOver && !isWide)
            isCompanyOver = false;
        root.forceActiveFocus();
    }

    Keys.onPressed: event => keyMap.press(event)
    KeyMap {
        id: keyMap
        stage: root.stage
        onQuitAsked: root.quitAsked()
        onBackAsked: root.back()
        onHelpAsked: root.toggleKeys()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        TopBar {
            stage: root.stage
            isCompanyShown: root.isCompanyShown
            onCompanyToggled: root.toggleCompany()
            onHelpAsked: root.toggleKeys()
            Layout.fillWidth: true
        }
        Notice {
            text: root.stage.link.problem
            iconName: "warning"
            isAlarm: true
            Layout.fillWidth: true
        }
        Notice {
            text: root.stage.news.notice
            isDismissable: true
            onDismissed: root.stage.news.dismissNotice()
            Layout.fillWidth: true
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Player {
                objectName: "player"
                stage: root.stage
                visible: root.isWide || !root.isCompanyOver
                width: company.visible && root.isWide ? parent.width - company.width : parent.width
                height: parent.height
            }
            CompanyPanel {
                id: company
                stage: root.stage
                visible: root.isCompanyShown
                x: parent.width - width
                width: root.isWide ? Theme.panelWidth : parent.width
                height: parent.height
            }
        }
        NewsLine {
            news: root.stage.news
            Layout.fillWidth: true
        }
    }

    Loader {
        id: keySheet
        anchors.fill: parent
        active: false
        sourceComponent: KeySheet {}
    }
    Connections {
        target: keySheet.item
        function onDismissed() {
            root.back();
        }
    }
}
