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


# A session younger than ours by less than half a second may win by its id (spec link 4.3), and each join costs some
# fifty answers, of which a source gets fifty a second: nobody can join and leave faster than this for long.
PACE = 1.1


def join_and_leave(host, guest, enable, disable):
    """Seconds until both count each other at the host's tempo, then the guest goes again; none: it failed."""
    began = time.monotonic()
    enable()
    together = hostclock.wait_until(
        lambda: guest.peers == 1 and host.peers == 1 and abs(guest.tempo - host.tempo) < 0.02, 4, every=0.001)
    took = time.monotonic() - began
    disable()
    apart = hostclock.wait_until(lambda: guest.peers == 0 and host.peers == 0, 1)
    time.sleep(max(0.0, began + PACE - time.monotonic()))
    return took if together and apart else None


def expect_no_failure(story, who, times):
    good = [took for took in times if took is not None]
    story.expect(f"{who}: none of {len(times)} failed", len(good) == len(times), f"{len(good)} good")
    story.expect_in_time("joining is quick", good and statistics.median(good) < 1,
                         f"median {statistics.median(good):.3f} s, longest {max(good):.3f} s" if good else "never")


def tell(count):
    with Story(f"{count} joins in a row") as story:
        duo = Duo()
        duo.hut.set_tempo(133)
        duo.hut.enable()
        duo.hut.play()
        time.sleep(1)
        tutti = duo.tutti("--tempo", "99", enable=False)
        def key():
            tutti.press("a")
        join_and_leave(duo.hut, tutti, key, key)  # what is made once is there now
        files, memory = descriptors(tutti.pid), resident_kilobytes(tutti.pid)
        expect_no_failure(story, "Tutti joins", [join_and_leave(duo.hut, tutti, key, key) for _ in range(count)])
        time.sleep(0.3)
        story.expect("no descriptor more", descriptors(tutti.pid) == files, f"{files} -> {descriptors(tutti.pid)}")
        grown = resident_kilobytes(tutti.pid) - memory
        story.expect("no memory to speak of", grown < 1024, f"{grown:+d} kB of {memory} kB")
        duo.hut.disable()
        key()
        time.sleep(PACE)
        expect_no_failure(story, "LinkHut joins", [
            join_and_leave(tutti, duo.hut, duo.hut.enable, duo.hut.disable) for _ in range(count // 4)])
        duo.hut.enable()
        expect_peers(story, 1, duo.hut, tutti)
        expect_together(story, "the last time it stays", duo.recorder, "hut", tutti, bars=True)
        duo.leave(tutti)


if __name__ == "__main__":
    tell(20)
