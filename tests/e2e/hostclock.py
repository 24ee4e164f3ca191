"""The clock that every Link program on this machine calls host time."""
import time


def micros():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW) / 1000


def wait_until(holds, seconds, every=0.01):
    """The first true answer of `holds()`, or its last one when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        answer = holds()
        if answer or time.monotonic() >= deadline:
            return answer
        time.sleep(every)
