"""Whether programs are on the same beat at the same host time, by what is heard of one and said by the other."""
import statistics

import hostclock

WITHIN = 1000  # µs: what the interop plan allows on a quiet host
PATIENCE = 8  # s: clicks around an xrun do not count, and a busy machine has some
ACCENT_HZ = 1400  # LinkHut's first beat of a bar is higher than this, the others lower


def off_beat(beat, bpm):
    """µs by which a whole beat has passed, or, negative, is yet to come."""
    return (beat - round(beat)) * 60e6 / bpm


def errors(clicks, beat_at, bpm):
    """For each click, how far from a whole beat the other program was at that moment, in µs."""
    return [off_beat(beat_at(click.t), bpm) for click in clicks]


def accented(clicks):
    return [click for click in clicks if click.pitch > ACCENT_HZ]


def expect_together(story, what, recorder, source, tutti, count=4, bars=False):
    """The next clicks of `source` fall on Tutti's beats; with `bars`, accents on its downbeats (same quantum).

    True if so; a sound server that dropped out all the time says nothing of beats.
    """
    since = hostclock.micros()
    bpm = tutti.tempo

    def heard():
        clicks = recorder.clicks(source, since)
        return clicks if len(clicks) >= count and (not bars or accented(clicks)) else None
    patience = 1.5 * count * 60 / bpm + PATIENCE
    if not hostclock.wait_until(heard, patience) and recorder.drowned(since):
        hostclock.wait_until(heard, patience)
    clicks = recorder.clicks(source, since)
    apart = errors(clicks, tutti.beat_at, bpm)
    typical = statistics.median(abs(error) for error in apart) if apart else None
    drowned = recorder.drowned(since)
    together = story.expect(f"{what}: beats agree within 1 ms", apart and typical <= WITHIN,
                            f"{len(apart)} beats, {typical:.0f} µs" if apart else f"no clicks, {len(recorder.xruns)} xruns",
                            unless=drowned)
    if together and bars:
        accents = [tutti.beat_at(click.t) for click in accented(clicks)]
        story.expect(f"{what}: bars agree", accents and all(round(beat) % round(tutti.quantum) == 0 for beat in accents),
                     [round(beat, 3) for beat in accents], unless=drowned)
    return together


def largest_jump(said):
    """µs by which the beat leapt at most between two words of Tutti; pairs across a tempo change are left out."""
    jumps = [abs(b["beat"] - a["beat"] - (b["t"] - a["t"]) * b["tempo"] / 60e6) * 60e6 / b["tempo"]
             for a, b in zip(said, said[1:]) if abs(a["tempo"] - b["tempo"]) < 1e-9]
    return max(jumps, default=0.0)


def largest_gap_error(neighbours, bpm):
    """µs by which the distance of two clicks that follow each other differs at most from a beat."""
    return max((abs(b.t - a.t - 60e6 / bpm) for a, b in neighbours), default=float("inf"))
