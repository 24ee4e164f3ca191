"""Tutti alone for ten minutes: it holds no more at the end than at the beginning."""
import time

import world

world.enter("ip")

import lan  # noqa: E402
from process_watch import descriptors, resident_kilobytes  # noqa: E402
from story import Story  # noqa: E402
from tutti import Tutti  # noqa: E402

MINUTES = 10

if __name__ == "__main__":
    with Story(f"Tutti alone for {MINUTES} minutes") as story:
        host = lan.Host("alone")
        lan.Switch(host)
        tutti = Tutti(host)
        time.sleep(20)  # tables and buffers have their size by then
        files, memory = descriptors(tutti.pid), resident_kilobytes(tutti.pid)
        for minute in range(MINUTES):
            time.sleep(60)
            story.note(f"minute {minute + 1}: {resident_kilobytes(tutti.pid)} kB, {descriptors(tutti.pid)} descriptors")
        story.expect("no descriptor more", descriptors(tutti.pid) == files)
        grown = resident_kilobytes(tutti.pid) - memory
        story.expect("no memory to speak of", grown < 256, f"{grown:+d} kB of {memory} kB")
        story.expect("one word a second", len(tutti.said()) >= MINUTES * 60)
        story.expect("it leaves in good order", tutti.quit() == 0)
