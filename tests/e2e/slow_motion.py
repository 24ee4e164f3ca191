"""A whole story in slow motion: every clock and every wait of its programs takes so many times as long.

On a virtual machine whose host lets it stand still for milliseconds, music at 64 frames cannot be judged. In slow
motion it can: as if the machine were so many times as fast, processors, wire and interrupts together. Not for
what is said of a real machine's own speed.
"""
import os
import sys

import world

_OPTION = "--slow"
_FACTOR = "SLOW_MOTION"


def asked():
    """How many times as slow; 1 is life."""
    return float(os.environ.get(_FACTOR, "1"))


def enter():
    """Before `world.enter`, which starts this program again: takes `--slow N` out of the arguments."""
    if _OPTION not in sys.argv:
        return
    at = sys.argv.index(_OPTION)
    try:
        factor = float(sys.argv[at + 1])
    except (IndexError, ValueError):
        sys.exit(f"{_OPTION} wants a number, such as 3")
    del sys.argv[at:at + 2]
    os.environ[_FACTOR] = str(factor)
    os.environ["LD_PRELOAD"] = world.built("libslow-motion.so")
