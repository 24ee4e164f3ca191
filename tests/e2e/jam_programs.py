"""Programs as modules of a jam: started by it and wired by hand. One crashes and is back within a second; nobody else
hears it; they end with the jam."""
import os
import signal
import subprocess

import world

world.enter("ip", "pgrep")

import hostclock  # noqa: E402
import lan  # noqa: E402
import sine  # noqa: E402
from solo import RATE, Solo, with_cable  # noqa: E402
from story import Story  # noqa: E402

LOW, HIGH = 220, 1760  # Hz
LEVEL = 0.25  # of either tone
PIECE = 0.05  # s
BACK_WITHIN = 1.0  # s
CRASHES = 3


def pids(hertz):
    found = subprocess.run(["pgrep", "-f", f"^[^ ]*/toneModule {hertz} "], capture_output=True, text=True, check=False).stdout
    return [int(word) for word in found.split()]


def levels(ana, hertz, seconds):
    """How loud this tone was in each piece of the last seconds."""
    signal_ = sine.read(ana.take, RATE, seconds)
    size = int(PIECE * RATE)
    return [level(signal_[i:i + size], hertz) for i in range(0, len(signal_) - size + 1, size)]


def level(piece, hertz):
    return sine.review(piece, RATE, hertz)["amplitude"] if any(piece) else 0.0


def is_there(one):
    return abs(one - LEVEL) < 0.2 * LEVEL


def wire(story, ana):
    story.chapter("two programs are started, and wired by a file")
    for name in ("Low", "High"):
        story.expect(f"{name} is here", ana.wait_for_guest(name, "here") and ana.guest(name)["kind"] == "process", ana.guest(name))
    wired = ana.save()
    for name in ("Low", "High"):
        wired = with_cable(wired, f'role: "guest {name}"', "role: master")
    loaded = ana.load(wired)
    story.expect("a file with cables is loaded", loaded.returncode == 0, loaded.stderr)
    hostclock.wait_until(lambda: False, 4)
    for hertz in (LOW, HIGH):
        heard = levels(ana, hertz, 2)
        story.expect(f"{hertz} Hz is heard all the time", heard and all(map(is_there, heard)), heard and min(heard))


def crash(story, ana, number):
    story.chapter(f"kill -9, for the {number}. time")
    killed = pids(LOW)
    since = hostclock.micros()
    os.kill(killed[0], signal.SIGKILL)
    back = hostclock.wait_until(lambda: pids(LOW) and pids(LOW) != killed, 5, 0.05)
    story.expect("it is started again", back, pids(LOW))
    hostclock.wait_until(lambda: False, 3)
    seconds = (hostclock.micros() - since) / 1e6 + 0.5
    low, high = levels(ana, LOW, seconds), levels(ana, HIGH, seconds)
    missing = PIECE * sum(not is_there(one) for one in low)
    story.expect("it was missed", missing > 0, f"{missing:.2f} s")
    story.expect_in_time(f"for {BACK_WITHIN:.0f} s at most", missing <= BACK_WITHIN, f"{missing:.2f} s")
    story.expect("and is heard again", low and is_there(low[-1]), low[-1:])
    story.expect_in_time("the other one was heard all the time", all(map(is_there, high)), min(high))


def tell(story):
    host = lan.Host("ana")
    tone = world.built("toneModule")
    ana = Solo(host, "ana", "--program", f"Low={tone} {LOW} Low", "--program", f"High={tone} {HIGH} High")
    wire(story, ana)
    for number in range(1, CRASHES + 1):
        crash(story, ana, number)
    story.chapter("the jam ends")
    story.expect("it leaves cleanly", ana.stop() == 0, ana.complaints())
    story.expect("and no program stays", hostclock.wait_until(lambda: not pids(LOW) and not pids(HIGH), 3),
                 (pids(LOW), pids(HIGH)))


if __name__ == "__main__":
    with Story("programs as modules of a jam") as story:
        tell(story)
