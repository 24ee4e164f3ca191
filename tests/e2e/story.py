"""Tells what was expected and what was seen, one line each, and whether the whole story is true."""
import sys
import traceback

import hostclock
import world
from awake import stay_awake
from calm import Calm


class Story:
    """`with Story("…") as story:` prints sentences as they prove true or false; leaving it ends the test."""

    def __init__(self, title):
        self._failed = 0
        self._unjudged = 0
        self._awake = stay_awake()
        self._calm = Calm()
        self._last = hostclock.micros()
        print(f"# {title}", flush=True)

    def __enter__(self):
        return self

    def chapter(self, title):
        print(f"\n## {title}", flush=True)

    def note(self, text):
        print(f"      {text}", flush=True)

    def expect(self, sentence, holds, saw="", unless=None):
        """`unless`: why this machine may not have let us see it; then what does not hold is not judged.

        A story with nothing false but such gaps counts as not told.
        """
        if not holds and unless:
            self._unjudged += 1
            self._last = hostclock.micros()
            print(f"  ?   {sentence}: not judged, {unless}{f'  [{saw}]' if saw != '' else ''}", flush=True)
            return False
        self._failed += not holds
        self._last = hostclock.micros()
        print(f"{'ok  ' if holds else 'FAIL'}  {sentence}{f'  [{saw}]' if saw != '' else ''}", flush=True)
        return bool(holds)

    def expect_in_time(self, sentence, holds, saw="", unless=None):
        """What is true of a machine that runs its programs: not judged where it stood still since the last sentence."""
        return self.expect(sentence, holds, saw, unless=unless or self._calm.unrest(self._last))

    def __exit__(self, kind, error, trace):
        if kind is not None and kind is not SystemExit:
            traceback.print_exception(kind, error, trace)
            self._failed += 1
        if kind is SystemExit and not self._failed:
            return False
        unjudged = f", {self._unjudged} not judged" if self._unjudged else ""
        print("\n" + ("all true" if self._failed == 0 else f"{self._failed} not true") + unjudged, flush=True)
        sys.exit(1 if self._failed else world.SKIPPED if self._unjudged else 0)
