"""LinkHut, the known-good Link program with a metronome, played through a pseudo terminal."""
import os
import pty
import re
import signal
import subprocess
import threading
import time
from collections import namedtuple

import hostclock

Status = namedtuple("Status", "t enabled peers quantum follows playing tempo beats")

_STATUS = re.compile(r"(yes|no)\s*\|\s*(\d+)\s*\|\s*([\d.]+)\s*\|\s*(yes|no)\s*\[(stopped|playing)\]\s*"
                     r"\|\s*([\d.]+)\s*\|\s*(-?[\d.]+)\s*\|")


class Hut:
    """`host` and `server` are where it runs; its keys are methods, its status line is `status`."""

    KEY_SECONDS = 0.006  # its screen and its audio thread both want to have seen the key before the next

    def __init__(self, host, server):
        terminal, inside = pty.openpty()
        before = server.outputs()
        self._terminal = terminal
        self._process = subprocess.Popen(host.command("LinkHut"), stdin=inside, stdout=inside, stderr=inside,
                                         start_new_session=True, env={**os.environ, **server.env})
        os.close(inside)
        self.status = None
        self.history = []  # one status for each change of anything but the beat
        threading.Thread(target=self._read, daemon=True).start()
        self.ports = server.outputs_after(before)
        if not self.ports or not self.wait_for(lambda status: True, 5):
            raise RuntimeError("LinkHut did not come up")

    def _read(self):
        pending = ""
        while True:
            try:
                pending += os.read(self._terminal, 65536).decode(errors="replace")
            except OSError:
                return
            found = None
            for found in _STATUS.finditer(pending):
                self._note(found)
            pending = pending[found.end():] if found else pending[-500:]

    def _note(self, found):
        yes, peers, quantum, follows, playing, tempo, beats = found.groups()
        self.status = Status(hostclock.micros(), yes == "yes", int(peers), float(quantum), follows == "yes",
                             playing == "playing", float(tempo), float(beats))
        if not self.history or self.history[-1][1:-1] != self.status[1:-1]:
            self.history.append(self.status)

    def __getattr__(self, name):  # hut.tempo, hut.peers, …: as with the other programs
        if name.startswith("_") or name == "status" or self.status is None:
            raise AttributeError(name)
        return getattr(self.status, name)

    def wait_for(self, holds, seconds):
        return hostclock.wait_until(lambda: self.status and holds(self.status), seconds)

    def press(self, keys):
        os.write(self._terminal, keys.encode())

    def _toggle(self, key, field, wanted):
        if getattr(self.status, field) != wanted:
            self.press(key)
        if not self.wait_for(lambda status: getattr(status, field) == wanted, 3):
            raise RuntimeError(f"LinkHut: {field} did not become {wanted}")

    def enable(self):
        self._toggle("a", "enabled", True)

    def disable(self):
        self._toggle("a", "enabled", False)

    def play(self):
        self._toggle(" ", "playing", True)

    def halt(self):
        self._toggle(" ", "playing", False)

    def follow(self):
        self._toggle("s", "follows", True)

    def ignore(self):
        self._toggle("s", "follows", False)

    def set_tempo(self, bpm):
        """One beat per minute a key, from what it is then; a key that comes before the one before has taken effect
        is lost, so look again and go on."""
        for _ in range(20):
            steps = round(bpm - self.status.tempo)
            for _ in range(abs(steps)):
                self.press("e" if steps > 0 else "w")
                time.sleep(self.KEY_SECONDS)
            if self.wait_for(lambda status: abs(status.tempo - bpm) < 0.6, 0.3):
                return
        raise RuntimeError(f"LinkHut: tempo is {self.status.tempo}, not {bpm}")

    def is_running(self):
        return self._process.poll() is None

    def kill(self):
        """As a crash does: no goodbye."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def quit(self):
        self.press("q")
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self.kill()
