"""W-11 of our own checklist: a path that is slow and loses one in ten (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from duo import Duo, expect_peers, expect_tempo  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together  # noqa: E402

JOINS = 3

# Alone again, LinkHut founds a new session. Were ours as young, the id would decide who joins (spec link 4.3), and
# LinkHut's own measurement gives up after six lost answers in all: on this path it hardly ever succeeds.
OLDER = 1.0


def lossy(a, b):
    return lan.Wire(a, b, delay="20ms", jitter="2ms", loss="10%", duplicate="1%", seed=11)


if __name__ == "__main__":
    with Story("20 ms away, one datagram in ten lost") as story:
        duo = Duo(connect=lossy)
        duo.hut.set_tempo(126)
        duo.hut.enable()
        duo.hut.play()
        time.sleep(OLDER)
        tutti = duo.tutti("--tempo", "96", enable=False)
        for number in range(JOINS):
            story.chapter(f"Tutti joins LinkHut, {number + 1} of {JOINS}")
            tutti.press("a")
            expect_peers(story, 1, duo.hut, tutti, seconds=12)
            expect_tempo(story, "Tutti has LinkHut's tempo", 126, tutti)
            expect_together(story, "joined", duo.recorder, "hut", tutti, bars=True)
            if number < JOINS - 1:
                tutti.press("a")
                tutti.wait_for(lambda t: not t.enabled, 2)
                duo.hut.wait_for(lambda status: status.peers == 0, 8)
                time.sleep(OLDER)
        story.chapter("tempo both ways")
        tutti.press("eeee")
        expect_tempo(story, "LinkHut follows", 130, duo.hut, tutti, seconds=5)
        duo.hut.set_tempo(120)
        expect_tempo(story, "Tutti follows", 120, duo.hut, tutti, seconds=5)
        story.note(duo.network.cut())
        expect_peers(story, 0, duo.hut, tutti, seconds=12)
        story.expect("Tutti leaves in good order", tutti.quit() == 0, tutti.complaints()[-300:])
