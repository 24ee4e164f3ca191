"""Pure Data with its abl_link~ object: a third real Link program, heard by its clicks and led by messages.

Its clicks begin with a block of 64 frames, so they come up to 1.4 ms late. It does not know the latency of its sound
device either; `shift` tells it.
"""
import os
import re
import socket

import hostclock
from program import Program

_PATCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "link_click.pd")
_LINE = re.compile(r"^(tempo|peers|playing): (\S+)$")


class PureData(Program):
    BUFFER_MILLISECONDS = 20  # what pd keeps ahead of JACK; with less it grows by itself

    def __init__(self, host, server):
        self.said = {"peers": 0.0}
        before = server.outputs()
        super().__init__("pd", host.command(
            "pd", "-nogui", "-jack", "-jackname", "pd", "-nojackconnect", "-r", "48000", "-channels", "1",
            "-audiobuf", str(self.BUFFER_MILLISECONDS), "-path", "/usr/lib/pd/extra/abl_link~", "-lib", "abl_link~",
            "-open", _PATCH, "-send", "pd dsp 1"), server.env)
        self.ports = server.outputs_after(before)
        if not self.ports:
            raise RuntimeError("pd did not reach JACK\n" + self.complaints())
        self._socket = host.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.shift(self.BUFFER_MILLISECONDS + server.latency / 1000)

    def hear_complaint(self, line):
        if found := _LINE.match(line[1]):
            self.said[found.group(1)] = float(found.group(2))

    @property
    def tempo(self):
        return self.said.get("tempo", 0.0)

    @property
    def peers(self):
        return int(self.said["peers"])

    def wait_for(self, holds, seconds):
        return hostclock.wait_until(lambda: holds(self), seconds)

    def _tell(self, message):
        self._socket.sendto(f"link {message};\n".encode(), ("127.0.0.1", 3000))

    def enable(self):
        self._tell("connect 1")

    def set_tempo(self, bpm):
        self._tell(f"tempo {bpm}")

    def play(self):
        self._tell("play 1")

    def shift(self, milliseconds):
        """Earlier by so much, to make up for the latency of the sound device."""
        self._tell(f"offset {milliseconds}")
