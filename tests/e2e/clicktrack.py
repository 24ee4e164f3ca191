"""When the clicks of a recording were heard, and how far from the session's beats: `tutti linkaudio --record`, clicks.

The recording is 24 bit, two channels; its places are dated by the `recorded` of what the program said each second, and
the beats by its `beats`.
"""
import bisect
import statistics

import sine

QUIET = 0.1  # s before a click
LOUD = 0.02  # of a click's first samples


def onsets(signal, rate):
    """Frames at which it becomes loud after a silence."""
    found, last = [], -rate
    for frame, sample in enumerate(signal):
        if abs(sample) > LOUD:
            if frame - last > QUIET * rate:
                found.append(frame)
            last = frame
    return found


def heard(path, rate, seconds_said):
    """Host times of the clicks, by the nearest word before each that dates the recording."""
    dated = [(word["recorded"]["frame"], word["recorded"]["t"]) for word in seconds_said if word.get("recorded")]
    if not dated:
        return []
    frames = [frame for frame, _ in dated]
    times = []
    for onset in onsets(sine.read(path, rate, 1e6), rate):
        frame, t = dated[max(0, bisect.bisect(frames, onset) - 1)]
        times.append(t + (onset - frame) * 1e6 / rate)
    return times


class Beats:
    """The session's beats through all changes of tempo. They go on where the tempo changes: that is where the old line
    and the new one cross."""

    def __init__(self, events):
        self._from, self._lines = [], []
        for event in events:
            line = (event["zeroAt"], event["microsPerBeat"])
            self._from.append(self._change(line, event["t"]) if self._lines else 0)
            self._lines.append(line)

    def _change(self, line, seen):
        (zero, pace), (old_zero, old_pace) = line, self._lines[-1]
        if pace == old_pace:
            return seen
        crossing = (zero * old_pace - old_zero * pace) / (old_pace - pace)
        return crossing if seen - 2e6 < crossing <= seen else seen

    def off(self, t):
        """µs from the nearest beat."""
        zero, pace = self._lines[max(0, bisect.bisect(self._from, t) - 1)]
        beat = (t - zero) / pace
        return (beat - round(beat)) * pace

    def tempo(self, t):
        return 60e6 / self._lines[max(0, bisect.bisect(self._from, t) - 1)][1]


def summary(errors):
    errors = sorted(errors)
    return (f"{len(errors)} clicks, median {statistics.median(errors):+.0f} µs, "
            f"{errors[0]:+.0f} to {errors[-1]:+.0f}") if errors else "none"
