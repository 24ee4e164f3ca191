import QtQuick

/// A bar along a meter, so many pixels from its silent end.
Rectangle {
    required property bool isHorizontal
    required property real foot
    required property real length

    visible: length > 0
    x: isHorizontal ? foot : 0
    y: isHorizontal ? 0 : parent.height - foot - length
    width: isHorizontal ? length : parent.width
    height: isHorizontal ? parent.height : length
}
