"""TEMPO-1 to TEMPO-5 of the interop plan, each in both directions (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

from duo import Duo, expect_peers, expect_tempo  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together  # noqa: E402


def tempo_2_and_3(story, duo):
    story.chapter("TEMPO-2, TEMPO-3: a newcomer never imposes its tempo, whatever it brings along")
    first = duo.tutti("--tempo", "100")
    story.expect("alone it keeps its own", abs(first.tempo - 100) < 0.01, first.tempo)
    first.quit()
    duo.hut.set_tempo(130)
    duo.hut.enable()
    duo.hut.play()
    time.sleep(1)
    tutti = duo.tutti("--tempo", "100")
    expect_peers(story, 1, duo.hut, tutti)
    expect_tempo(story, "both stay at 130", 130, duo.hut, tutti)
    expect_together(story, "Tutti joined", duo.recorder, "hut", tutti, bars=True)
    return tutti


def tempo_2_reversed(story, duo):
    story.chapter("TEMPO-2 the other way: Tutti plays at 130, LinkHut comes with 100")
    duo.hut.disable()
    duo.hut.set_tempo(100)
    tutti = duo.tutti("--tempo", "130", "--play")
    time.sleep(1)
    duo.hut.enable()
    expect_peers(story, 1, duo.hut, tutti)
    expect_tempo(story, "both stay at 130", 130, duo.hut, tutti)
    expect_together(story, "LinkHut joined", duo.recorder, "hut", tutti, bars=True)
    return tutti


def tempo_1(story, duo, tutti):
    story.chapter("TEMPO-1: tempo changes by either, stopped and playing")
    tutti.press("eeeee")
    expect_tempo(story, "LinkHut follows a stopped Tutti", 135, duo.hut, tutti)
    tutti.press(" ")
    story.expect("Tutti plays", tutti.wait_for(lambda t: t.playing, 3))
    expect_together(story, "both play", duo.recorder, "hut", tutti)
    tutti.press("www")
    expect_tempo(story, "LinkHut follows a playing Tutti", 132, duo.hut, tutti)
    expect_together(story, "after Tutti's change", duo.recorder, "hut", tutti)
    duo.hut.set_tempo(140)
    expect_tempo(story, "Tutti follows a playing LinkHut", 140, duo.hut, tutti)
    expect_together(story, "after LinkHut's change", duo.recorder, "hut", tutti, bars=True)
    duo.hut.halt()
    duo.hut.set_tempo(126)
    expect_tempo(story, "Tutti follows a stopped LinkHut", 126, duo.hut, tutti)
    duo.hut.play()
    expect_together(story, "LinkHut plays again", duo.recorder, "hut", tutti)


def tempo_4(story, duo, tutti):
    story.chapter("TEMPO-4: from the slowest to the fastest and back, by either")
    duo.hut.set_tempo(20)
    expect_tempo(story, "LinkHut goes to 20", 20, duo.hut, tutti)
    expect_together(story, "at 20", duo.recorder, "hut", tutti, count=1)
    tutti.press("e" * 979)
    expect_tempo(story, "Tutti goes to 999", 999, duo.hut, tutti)
    expect_together(story, "at 999", duo.recorder, "hut", tutti, count=20)
    tutti.press("w" * 979)
    expect_tempo(story, "Tutti goes to 20", 20, duo.hut, tutti)
    duo.hut.set_tempo(999)
    expect_tempo(story, "LinkHut goes to 999", 999, duo.hut, tutti)
    expect_together(story, "at 999 again", duo.recorder, "hut", tutti, count=20)


def tempo_5(story, duo):
    story.chapter("TEMPO-5: alone, the tempo never changes by itself")
    tutti = duo.tutti("--tempo", "107", enable=False)
    tutti.press("a")
    tutti.wait_for(lambda t: t.enabled, 2)
    for expected in (108, 109):
        tutti.press("e")
        tutti.wait_for(lambda t: abs(t.tempo - expected) < 0.01, 2)
    tutti.press("a")
    tutti.wait_for(lambda t: not t.enabled, 2)
    time.sleep(0.3)
    tempi = []
    for status in tutti.said():
        if not tempi or abs(tempi[-1] - status["tempo"]) > 0.0001:
            tempi.append(status["tempo"])
    story.expect("107, two keys, 109, nothing else", [round(tempo, 4) for tempo in tempi] == [107, 108, 109], tempi)
    tutti.quit()


if __name__ == "__main__":
    with Story("tempo, shared with LinkHut") as story:
        duo = Duo()
        tempo_5(story, duo)
        tutti = tempo_2_and_3(story, duo)
        tempo_1(story, duo, tutti)
        tempo_4(story, duo, tutti)
        tutti.quit()
        expect_peers(story, 0, duo.hut)
        tutti = tempo_2_reversed(story, duo)
        story.expect("Tutti leaves in good order", tutti.quit() == 0)
