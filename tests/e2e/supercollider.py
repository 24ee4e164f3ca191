"""SuperCollider's LinkClock without a window: a second real Link program.

Its language runs code from standard input. A routine there says twenty times a second where its beat is; the least
time that such a line took to reach us relates its clock to host time.
"""
import bisect
import re

import hostclock
from program import Program

_ENV = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1", "XDG_RUNTIME_DIR": "/tmp"}

_CLOCK = """
~clock = LinkClock({tempo} / 60).latency_(0).permanent_(true);
SystemClock.sched(0.1, {{
  var now = Main.elapsedTime;
  ("clock " ++ now.asStringPrec(14) ++ " " ++ ~clock.secs2beats(now).asStringPrec(14)
    ++ " " ++ (~clock.tempo * 60).asStringPrec(10) ++ " " ++ ~clock.numPeers).postln;
  0.05
}});
"""

_LINE = re.compile(r"^(?:-> )?clock (\S+) (\S+) (\S+) (\d+)$")


class SuperCollider(Program):
    def __init__(self, host, tempo):
        self._said = []  # (when it came, its seconds, beat, tempo, peers)
        super().__init__("sclang", host.command("sclang", "-i", "test"), _ENV)  # -i: code ends with escape
        self.wait_for_line(lambda line: "Welcome" in line, 60, "SuperCollider's welcome")
        self.run(_CLOCK.format(tempo=tempo))
        if not hostclock.wait_until(lambda: self._said, 10):
            raise RuntimeError("sclang: no LinkClock\n" + "\n".join(text for _, text in self.lines()[-20:]))

    def run(self, code):
        self.say(code.replace("\n", " ") + "\x1b")

    def hear(self, line):
        came, text = line
        if found := _LINE.match(text):
            seconds, beat, tempo, peers = found.groups()
            self._said.append((came, float(seconds), float(beat), float(tempo), int(peers)))

    @property
    def tempo(self):
        return self._said[-1][3]

    @property
    def peers(self):
        return self._said[-1][4]

    def set_tempo(self, bpm):
        self.run(f"~clock.tempo = {bpm} / 60;")

    def wait_for(self, holds, seconds):
        return hostclock.wait_until(lambda: holds(self), seconds)

    def beat_function(self, since):
        """Beat at a host time, from what it said since then; exact but for the least delay of its lines."""
        said = [line for line in list(self._said) if line[0] >= since]
        offset = min(came - seconds * 1e6 for came, seconds, *_ in said)
        times = [seconds * 1e6 + offset for _, seconds, *_ in said]

        def beat_at(t):
            _, _, beat, tempo, _ = said[max(0, bisect.bisect(times, t) - 1)]
            return beat + (t - times[max(0, bisect.bisect(times, t) - 1)]) * tempo / 60e6
        return beat_at

    def quit(self):
        self.run("0.exit;")
        try:
            return self.wait(5)
        except Exception:  # it has hung: no matter, its story is told
            return self.kill()
