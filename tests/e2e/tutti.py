"""Tutti in the terminal, as scripts use it: `tutti link --json`."""
import json
import os

import hostclock
import world
from program import Program


class TuttiClick(Program):
    """A metronome on Tutti's Link peer, enabled from the start: what an audio callback of ours plays."""

    def __init__(self, host, server, *flags):
        self._said = []
        before = server.outputs()
        super().__init__("tutti-click", host.command(world.built("tutti-click"), *flags), server.env)
        self.ports = server.outputs_after(before)
        if not self.ports:
            raise RuntimeError("tutti-click did not reach JACK\n" + self.complaints())

    def hear(self, line):
        self._said.append(json.loads(line[1]))

    @property
    def status(self):
        return self._said[-1] if self._said else {"peers": 0, "tempo": 0}

    def said(self, since=0.0):
        return [status for status in list(self._said) if status["t"] >= since]

    def press(self, keys):
        self.say(keys)

    def wait_for_peers(self, count, seconds):
        return hostclock.wait_until(lambda: self.status["peers"] == count, seconds)


def executable():
    path = os.environ.get("TUTTI", "")
    if not os.access(path, os.X_OK):
        world.skip(f"tutti is not built (looked for '{path}'; set TUTTI)")
    return path


class Tutti(Program):
    """`Tutti(host, "--tempo", "100")` is enabled unless told `--no-enable`; its last word is `status`."""

    def __init__(self, host, *flags, enable=True):
        self._said = []
        super().__init__("tutti", host.command(
            executable(), "link", "--json", "--enable" if enable else "--no-enable", *flags),
            {"XDG_CONFIG_HOME": f"/dev/shm/{host.name}"})
        if not hostclock.wait_until(lambda: self._said or not self.is_running(), 10) or not self._said:
            raise RuntimeError("tutti did not come up\n" + self.complaints())

    def hear(self, line):
        self._said.append(json.loads(line[1]))

    @property
    def status(self):
        return self._said[-1]

    def said(self, since=0.0):
        return [status for status in list(self._said) if status["t"] >= since]

    def __getattr__(self, name):  # tutti.tempo, tutti.peers, …
        if name.startswith("_") or not self._said:
            raise AttributeError(name)
        return self.status[name]

    def press(self, keys):
        self.say(keys)

    def wait_for(self, holds, seconds):
        return hostclock.wait_until(lambda: holds(self), seconds)

    def beat_at(self, t):
        """From the nearest word before, by its tempo: exact as long as nothing changed between."""
        before = [status for status in list(self._said) if status["t"] <= t]
        status = before[-1] if before else self._said[0]
        return status["beat"] + (t - status["t"]) * status["tempo"] / 60e6

    def quit(self):
        self.press("q")
        try:
            return self.wait(5)
        except Exception:
            return self.kill()
