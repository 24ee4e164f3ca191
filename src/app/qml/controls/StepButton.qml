import QtQuick
import Tutti

/// One step of a number; held down it goes on.
PushButton {
    autoRepeat: true
    leftPadding: Theme.small
    rightPadding: Theme.small
    implicitWidth: Math.max(Theme.px(48), implicitContentWidth + leftPadding + rightPadding)
}
