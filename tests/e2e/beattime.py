"""BEATTIME-1 and BEATTIME-2 of the interop plan: what plays does not jump; only who joins may (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from duo import Duo, expect_peers  # noqa: E402
from sound import ClickRecorder  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together, largest_gap_error, largest_jump  # noqa: E402
from tutti import TuttiClick  # noqa: E402

CONTINUOUS = 100  # µs; rounding, and the filter of a sample clock that has just begun
MOST_TOGGLES = 24


def beattime_1(story, duo):
    story.chapter("BEATTIME-1: alone and playing, Link on and off")
    tutti = duo.tutti("--play", "--tempo", "117", enable=False)
    sound = TuttiClick(lan.Host("island"), duo.server, "--tempo", "127", "--disabled")
    time.sleep(1.5)  # its filter of 512 blocks
    recorder = ClickRecorder(duo.server, tutti=sound.ports[0])
    since = hostclock.micros()
    for toggle in range(MOST_TOGGLES):
        tutti.press("a")
        sound.press("a")
        tutti.wait_for(lambda t: t.enabled == (toggle % 2 == 0), 2)
        time.sleep(0.7)
        if toggle >= 3 and len(recorder.neighbours("tutti", since)) >= 3:
            break  # a busy machine loses blocks, and what is heard around those says nothing
    jump = largest_jump(tutti.said(since))
    story.expect_in_time("the beat goes on without a jump", jump < CONTINUOUS, f"{jump:.0f} µs")
    story.expect("nobody else was there", all(status["peers"] == 0 for status in tutti.said()))
    pairs = recorder.neighbours("tutti", since)
    gap = largest_gap_error(pairs, 127)
    story.expect("no click is missing or late", len(pairs) >= 3 and gap < CONTINUOUS,
                 f"{len(pairs)} gaps, {gap:.0f} µs, {len(recorder.xruns)} xruns", unless=recorder.drowned(since))
    recorder.stop()
    sound.stop()
    tutti.quit()


def beattime_2(story, duo):
    story.chapter("BEATTIME-2: Tutti plays, LinkHut joins")
    tutti = duo.tutti("--play", "--tempo", "117")
    duo.hut.play()
    time.sleep(1.2)
    since = hostclock.micros()
    duo.hut.enable()
    expect_peers(story, 1, duo.hut, tutti)
    expect_together(story, "LinkHut came over", duo.recorder, "hut", tutti, bars=True)
    jump = largest_jump(tutti.said(since))
    story.expect_in_time("Tutti did not jump", jump < CONTINUOUS, f"{jump:.0f} µs")
    tutti.quit()
    expect_peers(story, 0, duo.hut)


def beattime_2_reversed(story, duo):
    story.chapter("BEATTIME-2 the other way: LinkHut plays, Tutti joins")
    duo.hut.disable()
    duo.hut.set_tempo(123)
    duo.hut.enable()
    time.sleep(1.5)
    bpm, since = duo.hut.tempo, hostclock.micros()
    tutti = duo.tutti("--play", "--tempo", "80")
    expect_peers(story, 1, duo.hut, tutti)
    expect_together(story, "Tutti came over", duo.recorder, "hut", tutti, bars=True)
    gap = largest_gap_error(duo.recorder.neighbours("hut", since), bpm)
    story.expect("LinkHut's clicks stayed even", gap < 1000, f"{gap:.0f} µs", unless=duo.recorder.drowned(since))
    tutti.quit()


if __name__ == "__main__":
    with Story("beat time, shared with LinkHut") as story:
        duo = Duo()
        beattime_1(story, duo)
        beattime_2(story, duo)
        beattime_2_reversed(story, duo)
