"""Keeps the processors awake while a story is told, as musicians' machines are set up to.

A processor that sleeps between two blocks of 1.3 ms wakes up late, in a virtual machine by tens of milliseconds: the
sound servers count hundreds of xruns, and what is measured then is the machine. Where it may not be asked, it sleeps.

Not in slow motion: there a late wake-up is short, and a virtual machine that is never idle for half an hour is stopped by
its host for tens of milliseconds now and then.
"""
import struct

import slow_motion

_LATENCY = "/dev/cpu_dma_latency"  # Linux: what is written there holds for as long as the file is open


def stay_awake():
    """What it returns is to be kept for as long."""
    if slow_motion.asked() > 1:
        return None
    try:
        wish = open(_LATENCY, "wb", buffering=0)
        wish.write(struct.pack("i", 0))  # µs
        return wish
    except OSError:
        return None
