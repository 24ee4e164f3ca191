"""How tight two LinkHuts play over a bridge: their clicks, on one machine whose clock is everybody's."""
import sys
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from sound import ClickRecorder, JackServer, differences, percentile, summary  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402

SETTLING = 40  # s: the clocks' drift is known, and LinkHut has measured its neighbour again
TIGHT = 1000  # µs


class Places:
    """Two studios and a server, and what lies between them: `towards` is what only the way to the second one has."""

    def __init__(self, name, jack, *, towards=None, **impairments):
        self.server = lan.Host(f"{name}-server")
        self.one, self.other = Studio(f"{name}-one", 1, jack), Studio(f"{name}-other", 2, jack)
        self._wire = lan.Wire(self.server, self.one.box, self.other.box, interface="wan0",
                              towards={self.other.box: towards} if towards else None, **impairments)
        self._serve = Serve(self.server, "stage", "--no-announce")

    def bridge(self, story):
        self.one.play(121)
        self.other.play(121)
        self.one.bridge(self._serve.invitation)
        self.other.bridge(self._serve.invitation)
        programs = [*self.one.programs, *self.other.programs]
        story.expect("they are one session", hostclock.wait_until(lambda: all(p.peers == 5 for p in programs), 15),
                     [p.peers for p in programs])
        self.one.hut.play()
        story.expect("and play", self.other.hut.wait_for(lambda status: status.playing, 5))

    def bound(self):
        """µs: what the two bridges say that they are never off by more than."""
        return max(studio.bridging.second["sites"][0]["boundUs"] for studio in (self.one, self.other))

    def end(self):
        for studio in (self.one, self.other):
            studio.bridging.stop()
            studio.hut.quit()
            studio.tutti.quit()
        self._serve.stop()
        self._wire.cut()
        for host in (self.server, *(host for studio in (self.one, self.other) for host in (studio.stage, studio.desk, studio.box))):
            host.leave()


def listen(story, jack, places, beats):
    recorder = ClickRecorder(jack, one=places.one.hut.ports[0], other=places.other.hut.ports[0])
    recorder.wait_for_clicks("one", beats, 2 * beats)
    recorder.stop()
    apart = differences(recorder.clicks("one"), recorder.clicks("other"))
    story.note(f"{summary(apart)}, {len(recorder.xruns)} xruns, bound {places.bound()} µs")
    return [abs(distance) for distance in apart]


def play(story, jack, name, beats, limit, **network):
    places = Places(name, jack, **network)
    places.bridge(story)
    time.sleep(SETTLING)
    apart = listen(story, jack, places, beats)
    worst = percentile(apart, 0.95) if apart else None
    story.expect(f"95 of 100 clicks are within {limit / 1000:.0f} ms", apart and worst <= limit, worst)
    bound = places.bound()
    places.end()
    return worst, bound


if __name__ == "__main__":
    beats = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with Story("two LinkHuts over a bridge, by their clicks") as story:
        jack = JackServer()
        story.chapter("a round trip of 20 ms, 2 ms of jitter, one packet of a hundred lost")
        play(story, jack, "near", beats, TIGHT, delay="10ms", jitter="2ms", loss="1%")
        story.chapter("a round trip of 100 ms")
        play(story, jack, "far", beats, TIGHT, delay="50ms", jitter="2ms", loss="1%")
        story.chapter("ten milliseconds longer there than back")
        asymmetry = 10_000
        worst, bound = play(story, jack, "slanted", beats, asymmetry / 2 + TIGHT, delay="10ms", jitter="500us",
                            towards={"delay": "20ms"})
        story.expect("the shown bound covers it", worst is not None and worst <= bound + TIGHT, (worst, bound))
