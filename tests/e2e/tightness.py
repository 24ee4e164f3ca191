"""How tight Tutti plays: its clicks against LinkHut's, on a cable and over a network that shakes."""
import statistics
import sys
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from hut import Hut  # noqa: E402
from sound import ClickRecorder, JackServer, differences, percentile, summary  # noqa: E402
from story import Story  # noqa: E402
from tutti import TuttiClick  # noqa: E402

OLDER = 1.0  # s: sessions closer in age than half a second are told apart by their ids (spec link 4.3)
ENOUGH = 150  # round trips, from which a joiner's estimate is as good as it gets
SETTLED = 1_200_000  # µs without a step; a better estimate is approached at 200 ppm


def wait_until_settled(tutti):
    def is_settled():
        last = [word["offsetUs"] for word in tutti.said(hostclock.micros() - SETTLED)]
        return len(last) > 8 and min(last) == max(last) and tutti.status["roundTrips"] >= ENOUGH
    time.sleep(SETTLED / 1e6)
    return hostclock.wait_until(is_settled, 15, 0.1)


def play_together(story, connect, beats, trims=(0.0,)):
    """Hut's session, Tutti joins; for each of Tutti's clicks how much later than Hut's it came, in µs; a list a trim."""
    left, right = lan.Host("left"), lan.Host("right")
    network = connect(left, right)
    server = JackServer()
    hut = Hut(left, server)
    hut.set_tempo(121)
    hut.enable()
    hut.play()
    time.sleep(OLDER)
    tuttis = [TuttiClick(right, server, "--trim-ms", str(trim)) for trim in trims]
    story.expect("they meet", all(tutti.wait_for_peers(len(trims), 8) for tutti in tuttis) and
                 hut.wait_for(lambda status: status.peers == len(trims), 8))
    for tutti in tuttis:
        story.expect("Tutti is the one that measured, and it has settled",
                     wait_until_settled(tutti), f"{tutti.status['roundTrips']} round trips")
    ports = {f"tutti{number}": tutti.ports[0] for number, tutti in enumerate(tuttis)}
    recorder, since = ClickRecorder(server, hut=hut.ports[0], **ports), hostclock.micros()
    recorder.wait_for_clicks("hut", beats, 2 * beats)
    drowned = recorder.drowned(since)
    recorder.stop()
    apart = [differences(recorder.clicks(name), recorder.clicks("hut")) for name in ports]
    if drowned and any(len(of_one) < beats * 0.75 for of_one in apart):
        world.skip(drowned)
    for trim, list_of_one in zip(trims, apart):
        story.note(f"trim {trim} ms: {summary(list_of_one)}, {len(recorder.xruns)} xruns")
    for tutti in tuttis:
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
        story.chapter("on a cable, once as it is and once with the musician's trim of +5 ms")
        apart, trimmed = play_together(story, lan.cable, 20, trims=(0.0, 5.0))
        story.expect("there was enough to compare", len(apart) >= 15, len(apart))
        p90 = percentile([abs(d) for d in apart], 0.9)
        story.expect("nine of ten clicks are within 50 µs", p90 <= 50, f"{p90:.1f} µs")
        trim = statistics.median(trimmed) - statistics.median(apart)
        story.expect("the trim plays 5 ms earlier", abs(trim + 5000) < 50, f"{trim:+.0f} µs")

        for seed in range(1, runs + 1):
            story.chapter(f"over 10 ± 5 ms each way, run {seed}")
            apart, = play_together(story, shaken(seed), 10)
            story.expect("the median is within 0.2 ms", bool(apart) and abs(statistics.median(apart)) <= 200)
