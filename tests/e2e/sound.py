"""Sound without a sound card: JACK servers on the dummy driver, and what can be heard there."""
import itertools
import json
import os
import statistics
import subprocess
from collections import namedtuple

import hostclock
import world
from program import Program

Click = namedtuple("Click", "t pitch")  # t: host µs at which it becomes audible

MUST_NOT_AUTOSTART = {"JACK_NO_START_SERVER": "1"}


class JackServer:
    _numbers = itertools.count()

    def __init__(self, frames=128, rate=48000):
        self.period = 1e6 * frames / rate  # µs
        self.latency = 2 * self.period  # of the dummy driver's loudspeaker
        self.name = f"stage{next(self._numbers)}"
        self.env = {"JACK_DEFAULT_SERVER": self.name, **MUST_NOT_AUTOSTART}
        self._argv = ["jackd", "-R", "-n", self.name, "-d", "dummy", "-r", str(rate), "-p", str(frames)]
        self.start()

    def start(self):
        """Also again, after a crash."""
        self._program = Program("jackd", self._argv)
        subprocess.run(["jack_wait", "-s", self.name, "-w", "-t", "10"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def outputs(self):
        """Ports of programs that play something."""
        names = subprocess.run(["jack_lsp", "-s", self.name], env={**os.environ, **self.env}, check=True,
                               capture_output=True, text=True).stdout.split("\n")
        return [name for name in names if ":out" in name]

    def outputs_after(self, before, seconds=5):
        """The outputs of the program that has come since."""
        return hostclock.wait_until(lambda: [port for port in self.outputs() if port not in before], seconds, 0.05)

    def stop(self):
        self._program.stop()

    @property
    def pid(self):
        return self._program.pid

    def crash(self):
        self._program.kill()


class ClickRecorder(Program):
    """Hears several programs on one server: `ClickRecorder(server, A="LinkHut:out_1", …)`.

    What comes soon after an xrun is left out: the programs' own sample clocks need a while to settle again.
    """

    SETTLING = 512  # blocks: the window of the filter that Link programs use (spec link 11.6)

    def __init__(self, server, **ports):
        self._clicks = {name: [] for name in ports}
        self.xruns = []
        self._settling = (self.SETTLING + 10) * server.period
        argv = [world.built("click-recorder"), *(f"{name}={port}" for name, port in ports.items())]
        super().__init__("click-recorder", argv, server.env)
        ready = json.loads(self.wait_for_line(lambda line: "ready" in line, 5, "its JACK server"))
        self.capture_ms, self.playback_ms = ready["captureMs"], ready["playbackMs"]  # of the server's own ports

    def hear(self, line):
        said = json.loads(line[1])
        if "source" in said:
            self._clicks[said["source"]].append(Click(said["t"], said["pitch"]))
        elif "xrun" in said:
            self.xruns.append(said["xrun"])

    def _is_settled(self, t):
        return not any(-50_000 < t - xrun < self._settling for xrun in self.xruns)

    def drowned(self, since):
        """Why nothing can be said of what was heard since; nothing while the sound server had some rest."""
        seconds = (hostclock.micros() - since) / 1e6
        xruns = sum(xrun >= since - self._settling for xrun in self.xruns)
        return f"the sound server dropped out {xruns} times in {seconds:.0f} s" if xruns * 5 > seconds else None

    def clicks(self, name, since=0.0):
        return [click for click in list(self._clicks[name]) if click.t >= since and self._is_settled(click.t)]

    def neighbours(self, name, since=0.0):
        """Pairs of clicks that follow each other, with no lost blocks before, between or around them."""
        clicks = [click for click in list(self._clicks[name]) if click.t >= since]
        return [(a, b) for a, b in zip(clicks, clicks[1:]) if self._is_settled(a.t) and self._is_settled(b.t)
                and not any(a.t < xrun < b.t for xrun in self.xruns)]

    def wait_for_clicks(self, name, count, seconds, since=0.0):
        return hostclock.wait_until(lambda: len(self.clicks(name, since)) >= count, seconds)


def differences(ours, theirs, within=250_000):
    """For each of our clicks, how much later (µs) it came than the nearest of theirs, if one is near at all."""
    pairs = []
    for click in ours:
        nearest = min(theirs, key=lambda other: abs(other.t - click.t), default=None)
        if nearest is not None and abs(click.t - nearest.t) <= within:
            pairs.append(click.t - nearest.t)
    return pairs


def percentile(values, fraction):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(fraction * len(ordered)))]


def summary(values):
    """For the notes of a story."""
    if not values:
        return "no pairs"
    sizes = [abs(value) for value in values]
    return (f"n={len(values)} mean={statistics.mean(values):+.1f} µs median={statistics.median(values):+.1f} µs "
            f"p90|d|={percentile(sizes, 0.9):.1f} µs max|d|={max(sizes):.1f} µs")
