"""How tight Tutti plays: its clicks against LinkHut's, on a cable and over a network that shakes."""
import statistics
import sys
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from hut import Hut  # noqa: E402
from sound import ClickRecorder, JackServer, differences, percentile, summary  # noqa: E402
from story import Story  # noqa: E402
from tutti import TuttiClick  # noqa: E402

OLDER = 1.0  # s: sessions closer in age than half a second are told apart by their ids (spec link 4.3)
SLEWING = 7.0  # s that 160 round trips, and the way to their estimate at 200 ppm, may take


def play_together(story, connect, seconds, trim=0.0):
    """Hut's session, Tutti joins; for each of Tutti's clicks how much later than Hut's it came, in µs."""
    left, right = lan.Host("left"), lan.Host("right")
    network = connect(left, right)
    server = JackServer()
    hut = Hut(left, server)
    hut.set_tempo(121)
    hut.enable()
    hut.play()
    time.sleep(OLDER)
    tutti = TuttiClick(right, server, "--trim-ms", str(trim))
    story.expect("they meet", tutti.wait_for_peers(1, 8) and hut.wait_for(lambda status: status.peers == 1, 8))
    time.sleep(SLEWING)
    story.expect("Tutti is the one that measured", tutti.status["roundTrips"] > 0, f"{tutti.status['roundTrips']} round trips")
    recorder = ClickRecorder(server, hut=hut.ports[0], tutti=tutti.ports[0])
    time.sleep(seconds)
    recorder.stop()
    apart = differences(recorder.clicks("tutti"), recorder.clicks("hut"))
    story.note(f"{summary(apart)}, {len(recorder.xruns)} xruns")
    tutti.stop()
    hut.quit()
    server.stop()
    if network:
        network.cut()
    for host in (left, right):
        host.leave()
    return apart


def shaken(seed):
    return lambda a, b: lan.Wire(a, b, delay="10ms", jitter="5ms", seed=seed)


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with Story("tightness of Tutti against LinkHut, by recorded clicks") as story:
        story.chapter("on a cable")
        apart = play_together(story, lan.cable, 12)
        story.expect("there was enough to compare", len(apart) >= 15, len(apart))
        p90 = percentile([abs(d) for d in apart], 0.9)
        story.expect("nine of ten clicks are within 50 µs", p90 <= 50, f"{p90:.1f} µs")

        story.chapter("the musician's trim, on a cable")
        trimmed = statistics.median(play_together(story, lan.cable, 4, trim=5))
        story.expect("a trim of +5 ms plays 5 ms earlier", abs(trimmed - statistics.median(apart) + 5000) < 50, f"{trimmed:+.0f} µs")

        for seed in range(1, runs + 1):
            story.chapter(f"over 10 ± 5 ms each way, run {seed}")
            apart = play_together(story, shaken(seed), 6)
            story.expect("the median is within 0.2 ms", bool(apart) and abs(statistics.median(apart)) <= 200)
