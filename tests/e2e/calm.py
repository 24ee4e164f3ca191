"""Whether the machine let its programs run: how long one that wanted nothing but to wake up had to wait for it.

Machines for tests are shared, and some stand still for tenths of a second. What a story says of time can then be
untrue without anybody's fault.
"""
import os
import select
import struct

import hostclock

_EVERY = 5_000  # µs
_LATE = 10_000  # µs beyond that which a busy machine may take
_LONGEST = 100_000  # µs for which nothing happens on a machine that is fit to be judged by
_MOST = 0.03  # of the time, taken together

_STOP = struct.Struct("dd")  # when it was over, µs; how long it was, µs


class Calm:
    """A sleeper beside the story. `unrest(since)` says in words what kept it asleep."""

    def __init__(self):
        self._stops = []
        self._said, says = os.pipe()
        ours, self._lives = os.pipe()  # closes when the story ends, however it ends
        if os.fork() == 0:
            os.close(self._said)
            os.close(self._lives)
            try:
                _sleep_and_tell(ours, says)
            finally:
                os._exit(0)
        os.close(says)
        os.close(ours)
        os.set_blocking(self._said, False)

    def unrest(self, since):
        """Why nothing that was in a hurry since then (µs) can be judged; None on a calm machine."""
        self._listen()
        now = hostclock.micros()
        stops = [min(length, end - since) for end, length in self._stops if end > since]
        if not stops or (max(stops) < _LONGEST and sum(stops) < _MOST * (now - since)):
            return None
        return f"the machine stood still for {sum(stops) / 1000:.0f} ms of {(now - since) / 1000:.0f}, {max(stops) / 1000:.0f} at once"

    def _listen(self):
        try:
            while told := os.read(self._said, _STOP.size):
                self._stops.append(_STOP.unpack(told))
        except BlockingIOError:
            pass


def _sleep_and_tell(lives, says):
    began = hostclock.micros()
    while not select.select([lives], [], [], _EVERY / 1e6)[0]:
        now = hostclock.micros()
        if now - began > _EVERY + _LATE:
            os.write(says, _STOP.pack(now, now - began - _EVERY))
        began = hostclock.micros()
