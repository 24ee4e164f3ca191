"""A musician far away is heard exactly so many beats later, while the path jitters and the tempo changes.

    jam_in_beats.py [--clicks N]

Two JACK servers on one machine have one clock, so what one played and what the other hears can be compared.
"""
import argparse
import statistics

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Jam, Serve, Speaker, delays  # noqa: E402
from program import Program  # noqa: E402
from sound import ClickRecorder, percentile  # noqa: E402
from story import Story  # noqa: E402
from takes import NEAR_AN_XRUN  # noqa: E402
from tutti import Tutti  # noqa: E402

ON_THE_BEAT = 1.0  # ms
SETTLING = 8  # s until clocks and path are known well
LONGEST_GAP = 10  # ms, while the tempo changes
CLICKS_PER_SECOND = 0.5  # no beat, and further apart than the longest delay here
LONGEST_DELAY = 1_800_000  # µs
TRIES = 3  # a clock that was asked on a busy machine is some tenths off until it is asked again
PATIENCE = 2  # times as long as it would take if no sound server dropped out


class Stage:
    """Ana plays a sine and clicks; Ben, behind a wire that jitters, hears her in beats.

    A Link program beside Ben has the tempo. Only so near that Link itself can measure it Ana shares it.
    """

    def __init__(self, beats, *, near, **impairments):
        self.hosts = [lan.Host(name) for name in ("host", "ana", "ben")]
        self._wire = lan.Wire(*self.hosts, **impairments)
        self.tempo = Tutti(self.hosts[2], "--tempo", "80")
        self._peers = 2 if near else 1
        self._serve = Serve(self.hosts[0])
        self.ana = Jam(self.hosts[1], self._serve.invitation, "ana", *(["--link"] if near else []))
        self.ben = Jam(self.hosts[2], self._serve.invitation, "ben", "--link", "--mode", f"beats:{beats}")
        self._musician = Program("musician", [
            world.built("musician"), "--clicks-per-second", str(CLICKS_PER_SECOND), "tutti:in_1", "tutti:in_2"],
            self.ana.server.env)
        self._musician.wait_for_line(lambda line: "ready" in line, 5, "her instrument")
        self._played = ClickRecorder(self.ana.server, clicks="musician:clicks")
        self._heard = ClickRecorder(self.ben.server, clicks="tutti:out_2")
        self.devices = self._played.capture_ms + self._heard.playback_ms

    def are_one_session(self):
        return hostclock.wait_until(lambda: self.tempo.peers == self._peers, 10)

    def is_in_beats(self):
        return hostclock.wait_until(lambda: self.ben.hears("ana")[-1]["mode"] == "beats", 20)

    def hear(self, count):
        """ms from instrument to ear of so many clicks that are played from now on, beside no xrun of a sound server."""
        since = hostclock.micros()
        hostclock.wait_until(lambda: len(self._delays(since)) >= count, PATIENCE * count / CLICKS_PER_SECOND)
        return self._delays(since)

    def _delays(self, since):
        played, heard = self._played.clicks("clicks", since), self._heard.clicks("clicks", since)
        return [ms + self.devices for _, ms in delays(played, heard, longest=LONGEST_DELAY)]

    def drowned(self, since):
        return self._played.drowned(since) or self._heard.drowned(since)

    def change_tempo(self, keys, seconds):
        """ms of each gap that is heard meanwhile, but for those beside an xrun of a sound server."""
        listener = Speaker("listener", [world.built("listener"), "--seconds", str(seconds), "tutti:out_1"],
                           self.ben.server.env)
        hostclock.wait_until(lambda: False, 2)
        self.tempo.press(keys)
        listener.wait(seconds + 20)
        xruns = self._played.xruns + self._heard.xruns
        return [gap["ms"] for gap in listener.said[-1]["gaps"]
                if not any(abs(gap["t"] - xrun) < NEAR_AN_XRUN for xrun in xruns)]

    def end(self):
        for program in (self._heard, self._played, self._musician):
            program.stop()
        self.ana.leave()
        self.ben.leave()
        self._serve.stop()
        self.tempo.quit()
        self._wire.cut()
        for host in self.hosts:
            host.leave()


def expect_on_the_beat(story, stage, bpm, beats, clicks):
    due = 60_000 / bpm * beats
    since = hostclock.micros()
    for _ in range(TRIES):
        off = [ms - due for ms in stage.hear(clicks)]
        if not story.expect_in_time("clicks are heard", len(off) >= clicks, len(off), unless=stage.drowned(since)):
            return
        worst = percentile([abs(ms) for ms in off], 0.95)
        story.note(f"{len(off)} clicks, due after {due:.1f} ms: median {statistics.median(off):+.3f} ms off, p95 {worst:.3f}")
        if worst <= ON_THE_BEAT:
            break
    story.expect_in_time(f"{beats} beats of {bpm} later, within {ON_THE_BEAT:.0f} ms", worst <= ON_THE_BEAT, worst,
                         unless=stage.drowned(since))


def play(story, beats, clicks, **setting):
    stage = Stage(beats, **setting)
    if story.expect_in_time("they share the tempo", stage.are_one_session()) and \
            story.expect("they hear of each other", stage.ben.wait_to_hear("ana")) and \
            story.expect("in beats", stage.is_in_beats()):
        hostclock.wait_until(lambda: False, SETTLING)
        expect_on_the_beat(story, stage, 80, beats, clicks)
        gaps = stage.change_tempo("e" * 80, 8)
        story.expect("the tempo doubles", stage.tempo.wait_for(lambda link: abs(link.tempo - 160) < 0.01, 5),
                     stage.tempo.tempo)
        story.expect_in_time(f"no gap is longer than {LONGEST_GAP} ms", max(gaps, default=0) <= LONGEST_GAP, gaps)
        hostclock.wait_until(lambda: False, SETTLING)
        expect_on_the_beat(story, stage, 160, beats, clicks)
    stage.end()


def refuse(story):
    stage = Stage(1, near=False, delay="180ms", jitter="2ms")
    story.expect_in_time("they share the tempo", stage.are_one_session())
    stage.tempo.press("e" * 270)  # a beat of 171 ms
    said = hostclock.wait_until(lambda: [word for word in stage.ben.hears("ana") if word.get("modeProblem")], 20)
    story.expect("a path that is longer than the beat is refused, with a line", said,
                 stage.ben.hears("ana")[-1:])
    if said:
        story.note(said[-1]["modeProblem"])
    stage.end()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clicks", type=int, default=8)
    asked = parser.parse_args()
    with Story("a player is heard in beats") as story:
        story.chapter("20 ms away, a beat later")
        play(story, 1, asked.clicks, near=True, delay="20ms", jitter="3ms", loss="1%")
        story.chapter("180 ms away, two beats later")
        play(story, 2, asked.clicks, near=False, delay="180ms", jitter="5ms")
        story.chapter("too far away")
        refuse(story)
