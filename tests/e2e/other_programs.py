"""LinkHut, SuperCollider, Pure Data and Tutti in one session: tempo from each reaches all, beats agree."""
import statistics
import time

import world

world.enter("LinkHut", "sclang", "pd", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from duo import expect_peers, expect_tempo  # noqa: E402
from hut import Hut  # noqa: E402
from puredata import PureData  # noqa: E402
from sound import ClickRecorder, JackServer, differences, summary  # noqa: E402
from story import Story  # noqa: E402
from supercollider import SuperCollider  # noqa: E402
from together import ACCENT_HZ, errors, expect_together  # noqa: E402
from tutti import Tutti  # noqa: E402

PD_BLOCK = 64 / 48000 * 1e6  # µs: pd's clicks begin with its next block


def beats_agree(story, recorder, tutti, sc):
    story.chapter("beats")
    since = hostclock.micros()
    if not expect_together(story, "Tutti and LinkHut", recorder, "hut", tutti, count=10, bars=True):
        return
    time.sleep(0.2)
    clicks = recorder.clicks("hut", since)
    apart = errors(clicks, sc.beat_function(since), tutti.tempo)
    story.expect("SuperCollider and LinkHut: beats agree within 1 ms",
                 statistics.median(abs(error) for error in apart) < 1000, f"{statistics.median(apart):+.0f} µs")
    t = clicks[-1].t
    apart = (sc.beat_function(since)(t) - tutti.beat_at(t) + 2) % 4 - 2
    story.expect_in_time("SuperCollider and Tutti: the same place in the bar", abs(apart) * 60e6 / tutti.tempo < 1000, f"{apart:+.5f} beats")
    apart = differences(recorder.clicks("pd", since), clicks)
    story.expect("Pure Data's clicks come with LinkHut's, or up to two of its blocks later",
                 apart and -1000 <= statistics.median(apart) <= 2 * PD_BLOCK, summary(apart),
                 unless=recorder.drowned(since))
    accents = sum(click.pitch > ACCENT_HZ for click in clicks)
    story.note(f"{len(clicks)} clicks of LinkHut, {accents} of them accents, {len(recorder.xruns)} xruns")


if __name__ == "__main__":
    with Story("four different Link programs") as story:
        hosts = {name: lan.Host(name) for name in ("hut", "sc", "pd", "tutti")}
        lan.Switch(*hosts.values())
        server = JackServer()
        hut = Hut(hosts["hut"], server)
        hut.set_tempo(121)
        hut.enable()
        hut.play()
        time.sleep(1)
        tutti = Tutti(hosts["tutti"], "--tempo", "98")
        pd = PureData(hosts["pd"], server)
        pd.enable()
        sc = SuperCollider(hosts["sc"], tempo=90)
        everybody = (hut, tutti, pd, sc)
        expect_peers(story, 3, *everybody)
        expect_tempo(story, "all have the tempo of the oldest", 121, *everybody)
        pd.play()
        recorder = ClickRecorder(server, hut=hut.ports[0], pd=pd.ports[0])
        time.sleep(1)
        beats_agree(story, recorder, tutti, sc)

        story.chapter("tempo")
        sc.set_tempo(97)
        expect_tempo(story, "from SuperCollider", 97, *everybody)
        pd.set_tempo(143)
        expect_tempo(story, "from Pure Data", 143, *everybody)
        tutti.press("e")
        expect_tempo(story, "from Tutti", 144, *everybody)
        hut.set_tempo(133)
        expect_tempo(story, "from LinkHut", 133, *everybody)
        time.sleep(1)
        beats_agree(story, recorder, tutti, sc)
        for program in (sc, tutti, hut):
            program.quit()
        recorder.stop()
        pd.stop()
        server.stop()
