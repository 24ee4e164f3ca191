"""When a processor of this machine did nothing at all, not even for the most urgent thread.

A virtual machine's host gives processors to others, for milliseconds at a time. Whatever had to be done meanwhile is late,
and looks as if it had taken that long.
"""
import json

import world
from program import Program


class Standstills:
    """Watches until it is asked; everything in µs of the host's clock."""

    def __init__(self):
        self._watch = Program("standstills", [world.built("standstills")])
        self._watch.wait_for_line(lambda line: "watching" in line, 10, "a watch over the processors")
        self._spans = None

    def longer_than(self, least):
        """(from, to) of those; None where nobody may be the most urgent, so that nothing is known."""
        if self._spans is None:
            self._spans = self._end()
        if not all(span["sharp"] for span in self._spans):
            return None
        return [(span["from"], span["to"]) for span in self._spans if span["to"] - span["from"] > least]

    def _end(self):
        self._watch.say("\n")
        self._watch.wait(30)
        return [json.loads(line) for _, line in self._watch.lines() if '"from"' in line]
