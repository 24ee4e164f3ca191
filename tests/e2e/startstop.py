"""STARTSTOPSTATE-1 and STARTSTOPSTATE-2 of the interop plan, each in both directions (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
from duo import Duo, expect_peers, expect_playing  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together, largest_jump  # noqa: E402


def press_play(tutti):
    tutti.press(" ")


def started_on_a_downbeat(story, tutti, since):
    """From the moment it plays, its beat counts up to zero, and zero is a downbeat of its quantum."""
    first = next(status for status in tutti.said(since) if status["playing"])
    story.expect("it counts in, at most one bar", -tutti.quantum - 0.01 <= first["beat"] < 0.3, first["beat"])
    phase_of_zero = (first["phase"] - first["beat"]) % tutti.quantum
    story.expect("its beat zero is a downbeat", min(phase_of_zero, tutti.quantum - phase_of_zero) < 0.0001, phase_of_zero)


def both_follow(story, duo):
    story.chapter("STARTSTOPSTATE-1: both follow; each starts and stops the other")
    duo.hut.enable()
    duo.hut.follow()
    tutti = duo.tutti("--sync")
    expect_peers(story, 1, duo.hut, tutti)
    since = hostclock.micros()
    duo.hut.play()
    expect_playing(story, "LinkHut starts Tutti", True, duo.hut, tutti)
    started_on_a_downbeat(story, tutti, since)
    expect_together(story, "both play", duo.recorder, "hut", tutti, bars=True)
    duo.hut.halt()
    expect_playing(story, "LinkHut stops Tutti", False, duo.hut, tutti)
    since = hostclock.micros()
    press_play(tutti)
    expect_playing(story, "Tutti starts LinkHut", True, duo.hut, tutti)
    started_on_a_downbeat(story, tutti, since)
    expect_together(story, "both play", duo.recorder, "hut", tutti, bars=True)
    press_play(tutti)
    expect_playing(story, "Tutti stops LinkHut", False, duo.hut, tutti)
    tutti.quit()
    expect_peers(story, 0, duo.hut)


def tutti_comes_later(story, duo):
    story.chapter("STARTSTOPSTATE-2: LinkHut plays, Tutti comes later")
    duo.hut.play()
    tutti = duo.tutti("--sync", "--quantum", "3")
    expect_peers(story, 1, duo.hut, tutti)
    time.sleep(0.5)
    story.expect("Tutti stays stopped", not any(status["playing"] for status in tutti.said()))
    press_play(tutti)
    expect_playing(story, "Tutti starts and joins", True, duo.hut, tutti)
    expect_together(story, "both play", duo.recorder, "hut", tutti)
    press_play(tutti)
    expect_playing(story, "Tutti stops both", False, duo.hut, tutti)
    since = hostclock.micros()
    press_play(tutti)
    expect_playing(story, "Tutti starts both, each by its own quantum", True, duo.hut, tutti)
    started_on_a_downbeat(story, tutti, since)
    expect_together(story, "both play", duo.recorder, "hut", tutti)
    press_play(tutti)
    expect_playing(story, "and stops both again", False, duo.hut, tutti)
    tutti.quit()
    expect_peers(story, 0, duo.hut)


def hut_comes_later(story, duo):
    story.chapter("STARTSTOPSTATE-2 the other way: Tutti plays, LinkHut comes later")
    duo.hut.disable()
    tutti = duo.tutti("--sync", "--play")
    tutti.wait_for(lambda t: t.playing, 3)
    since = hostclock.micros()
    duo.hut.enable()
    expect_peers(story, 1, duo.hut, tutti)
    time.sleep(0.5)
    story.expect("LinkHut stays stopped", not duo.hut.playing)
    duo.hut.play()
    expect_playing(story, "LinkHut starts and joins", True, duo.hut, tutti)
    expect_together(story, "both play", duo.recorder, "hut", tutti)
    jump = largest_jump(tutti.said(since))
    story.note(f"Tutti's largest jump meanwhile: {jump:.0f} µs")
    duo.hut.halt()
    expect_playing(story, "LinkHut stops both", False, duo.hut, tutti)
    duo.hut.play()
    expect_playing(story, "LinkHut starts both", True, duo.hut, tutti)
    expect_together(story, "both play", duo.recorder, "hut", tutti)
    return tutti


def one_does_not_follow(story, duo, tutti):
    story.chapter("who does not follow is left alone, and leaves alone")
    tutti.press("s")
    tutti.wait_for(lambda t: not t.startStopSync, 2)
    duo.hut.halt()
    time.sleep(0.5)
    story.expect("LinkHut's stop does not reach Tutti", tutti.playing and not duo.hut.playing)
    press_play(tutti)
    press_play(tutti)
    time.sleep(0.5)
    story.expect("Tutti's stop and start do not reach LinkHut", tutti.playing and not duo.hut.playing)
    tutti.press("s")
    tutti.wait_for(lambda t: t.startStopSync, 2)
    time.sleep(0.5)
    story.expect("following again changes nothing by itself", tutti.playing and not duo.hut.playing)
    duo.hut.play()
    time.sleep(0.3)
    duo.hut.halt()
    expect_playing(story, "the next stop is shared", False, duo.hut, tutti)
    tutti.quit()


if __name__ == "__main__":
    with Story("start and stop, shared with LinkHut") as story:
        duo = Duo()
        both_follow(story, duo)
        tutti_comes_later(story, duo)
        one_does_not_follow(story, duo, hut_comes_later(story, duo))
