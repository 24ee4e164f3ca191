"""Tells what was expected and what was seen, one line each, and whether the whole story is true."""
import sys
import traceback


class Story:
    """`with Story("…") as story:` prints sentences as they prove true or false; leaving it ends the test."""

    def __init__(self, title):
        self._failed = 0
        print(f"# {title}", flush=True)

    def __enter__(self):
        return self

    def chapter(self, title):
        print(f"\n## {title}", flush=True)

    def note(self, text):
        print(f"      {text}", flush=True)

    def expect(self, sentence, holds, saw=""):
        self._failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'}  {sentence}{f'  [{saw}]' if saw != '' else ''}", flush=True)
        return bool(holds)

    def __exit__(self, kind, error, trace):
        if kind is not None and kind is not SystemExit:
            traceback.print_exception(kind, error, trace)
            self._failed += 1
        if kind is SystemExit:
            return False
        print("\n" + ("all true" if self._failed == 0 else f"{self._failed} not true"), flush=True)
        sys.stdout.flush()
        sys.exit(1 if self._failed else 0)
