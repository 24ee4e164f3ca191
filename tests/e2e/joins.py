"""W-10 of our own checklist: joins in a row, none fails, nothing leaks (spec link 12)."""
import statistics
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
from duo import Duo, expect_peers  # noqa: E402
from process_watch import descriptors, resident_kilobytes  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together  # noqa: E402


def join_and_leave(duo, tutti):
    """Seconds until both count each other and Tutti has Hut's tempo; none: it failed."""
    tutti.press("a")
    began = hostclock.micros()
    if not tutti.wait_for(lambda t: t.peers == 1 and abs(t.tempo - duo.hut.tempo) < 0.01, 4):
        return None
    took = (hostclock.micros() - began) / 1e6
    if not duo.hut.wait_for(lambda status: status.peers == 1, 1):
        return None
    tutti.press("a")
    left = tutti.wait_for(lambda t: not t.enabled, 1) and duo.hut.wait_for(lambda status: status.peers == 0, 1)
    return took if left else None


def tell(count):
    with Story(f"{count} joins in a row") as story:
        duo = Duo()
        duo.hut.set_tempo(133)
        duo.hut.enable()
        duo.hut.play()
        time.sleep(0.8)
        tutti = duo.tutti("--tempo", "99", enable=False)
        times = [join_and_leave(duo, tutti) for _ in range(2)]  # what is made once is there now
        files, memory = descriptors(tutti.pid), resident_kilobytes(tutti.pid)
        times += [join_and_leave(duo, tutti) for _ in range(count)]
        good = [took for took in times if took is not None]
        story.expect("none failed", len(good) == count + 2, f"{len(good)} of {len(times)}")
        story.expect("joining is quick", good and statistics.median(good) < 1,
                     f"median {statistics.median(good):.3f} s, longest {max(good):.3f} s" if good else "never")
        time.sleep(0.3)
        story.expect("no descriptor more", descriptors(tutti.pid) == files, f"{files} -> {descriptors(tutti.pid)}")
        grown = resident_kilobytes(tutti.pid) - memory
        story.expect("no memory to speak of", grown < 1024, f"{grown:+d} kB of {memory} kB")
        tutti.press("a")
        expect_peers(story, 1, duo.hut, tutti)
        expect_together(story, "the last time it stays", duo.recorder, "hut", tutti, bars=True)
        duo.leave(tutti)


if __name__ == "__main__":
    tell(20)
