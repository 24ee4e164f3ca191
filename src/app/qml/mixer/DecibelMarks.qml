import QtQuick
import Tutti

/// The numbers beside a fader, as many as there is room for.
Item {
    id: root

    readonly property real closest: Theme.px(15)
    readonly property var shown: {
        const kept = [];
        let last = Infinity;
        // 0 dB first: whatever else there is room for, that one must be found.
        const zero = placeOf(0);
        for (const mark of DecibelScale.marks) {
            const at = placeOf(mark);
            const isFree = last === Infinity || at - last >= closest;
            if (mark !== 0 && (!isFree || Math.abs(at - zero) < closest))
                continue;
            kept.push(mark);
            last = at;
        }
        return kept;
    }

    function placeOf(decibels: real): real {
        return height * (1 - DecibelScale.position(decibels));
    }

    implicitWidth: Theme.px(20)

    Repeater {
        model: root.shown

        Text {
            required property real modelData
            readonly property DecibelMarks marks: parent as DecibelMarks

            anchors.right: parent.right
            y: marks ? Math.round(marks.placeOf(modelData) - height / 2) : 0
            text: modelData > 0 ? "+" + modelData : Math.abs(modelData)
            color: modelData === 0 ? Theme.text : Theme.muted
            font.pixelSize: Theme.px(10)
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
