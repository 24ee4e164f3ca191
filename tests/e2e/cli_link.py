"""`tutti link` as scripts use it: JSON, keys through a pipe, orders, and a clean way out."""
import json
import os
import signal
import statistics
import subprocess
import time

import world

world.enter("ip")

import hostclock  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
FIELDS = ["t", "enabled", "peers", "tempo", "beat", "phase", "quantum", "playing", "startStopSync", "session", "node",
          "offsetUs", "spreadUs", "event"]


class Peer(Program):
    def __init__(self, name, *words):
        super().__init__(name, [TUTTI, "link", "--json", *words])

    def objects(self, event=None):
        all_of_them = [(at, json.loads(text)) for at, text in self.lines()]
        return [(at, o) for at, o in all_of_them if event in (None, o["event"])]

    def wait_for(self, holds, seconds=3):
        """The newest object, once it is as wanted."""
        def newest():
            found = self.objects()[-1:]
            return found and holds(found[0][1]) and found[0][1]
        return hostclock.wait_until(newest, seconds)

    def beat_at(self, t):
        """From the last object before `t`, by its tempo."""
        last = [o for _, o in self.objects() if o["t"] <= t][-1]
        return last["beat"] + (t - last["t"]) * last["tempo"] / 60e6


def alone(story):
    story.chapter("alone")
    peer = Peer("alone", "--duration", "3.2", "--quantum", "3", "--set-tempo-at", "1.5:90.5", "--set-tempo-at", "0.5:150")
    story.expect("it ends by itself with 0", peer.wait(8) == 0)
    story.expect("nothing on stderr", not peer.complaints(), peer.complaints())
    objects = [o for _, o in peer.objects()]
    story.expect("each object has the agreed fields in the agreed order", all(list(o) == FIELDS for o in objects))
    seconds = [o["t"] for _, o in peer.objects("second")]
    steps = [b - a for a, b in zip(seconds, seconds[1:])]
    story.expect_in_time("one object a second", len(seconds) == 4 and all(abs(s - 1e6) < 0.1e6 for s in steps), steps)
    tempi = [(o["t"] - seconds[0], o["tempo"]) for _, o in peer.objects("tempo")]
    story.expect("tempi come when they were ordered",
                 [round(bpm, 1) for _, bpm in tempi] == [150.0, 90.5] and
                 abs(tempi[0][0] - 0.5e6) < 0.1e6 and abs(tempi[1][0] - 1.5e6) < 0.1e6, tempi)
    late = [at - o["t"] for at, o in peer.objects()]
    story.expect_in_time("lines come out as they are made", statistics.median(late) < 50e3, f"{max(late):.0f} µs at most")
    story.expect("the phase is the beat's, in the quantum",
                 all(o["quantum"] == 3 and 0 <= o["phase"] < 3 and
                     abs((o["beat"] - o["phase"]) / 3 - round((o["beat"] - o["phase"]) / 3)) < 1e-5 for o in objects))
    story.expect("a founder has no spread", all(o["spreadUs"] is None for o in objects))


def together(story):
    story.chapter("two peers")
    a = Peer("a", "--sync", "--tempo", "100")
    story.expect("the first is on its own", a.wait_for(lambda o: o["enabled"] and o["peers"] == 0))
    time.sleep(1)  # sessions less than half a second apart in age are equals
    b = Peer("b", "--sync", "--tempo", "140", "--play")
    story.expect("they meet", a.wait_for(lambda o: o["peers"] == 1) and b.wait_for(lambda o: o["peers"] == 1))
    story.expect("the older session's tempo wins", b.wait_for(lambda o: round(o["tempo"]) == 100))
    story.expect("it is one session", a.wait_for(lambda o: True)["session"] == b.wait_for(lambda o: True)["session"])
    story.expect("who joined has a spread", b.wait_for(lambda o: o["spreadUs"] is not None))
    story.expect("--play starts both", a.wait_for(lambda o: o["playing"]) and b.wait_for(lambda o: o["playing"]))
    time.sleep(2.5)
    apart = [abs((o["phase"] - b.beat_at(o["t"]) + 2) % 4 - 2) * 60e6 / o["tempo"]
             for at, o in a.objects("second")[-2:]]
    story.expect_in_time("the phase agrees at the same moment", apart and max(apart) < 1000, [f"{x:.0f} µs" for x in apart])
    a.say("e")
    story.expect("a key reaches the peer", b.wait_for(lambda o: round(o["tempo"]) == 101))
    ours, theirs = (p.objects("tempo")[-1][1]["t"] for p in (a, b))
    story.expect_in_time("both tell it within some milliseconds", abs(ours - theirs) < 50e3, f"{theirs - ours} µs")
    b.say(" ")
    story.expect("a stop reaches the peer", a.wait_for(lambda o: not o["playing"]))
    return a, b


def leaving(story, a, b):
    story.chapter("leaving")
    b.say("as")
    story.expect("keys turn Link and sync off",
                 b.wait_for(lambda o: not o["enabled"] and not o["startStopSync"]) and a.wait_for(lambda o: o["peers"] == 0))
    b.say("a")
    story.expect("and on again", a.wait_for(lambda o: o["peers"] == 1, 5))
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"):
        leaver = Peer("leaver")
        story.expect("a third one is counted", a.wait_for(lambda o: o["peers"] == 2, 5))
        os.kill(leaver.pid, getattr(signal, name))
        status = leaver.wait(5)
        story.expect(f"{name} ends it with 0", status == 0, status)
        # Who goes without a word is missed only after six seconds.
        story.expect("and it said goodbye", a.wait_for(lambda o: o["peers"] == 1, 1))
    b.say("q")
    story.expect("q ends it with 0", b.wait(5) == 0)
    story.expect("a SIGTERM too", a.stop() == 0)


def surroundings(story):
    story.chapter("standard streams")
    for title, how in {"stdin is /dev/null": "</dev/null", "stdin is closed": "<&-", "stdin is a file": "</etc/hostname",
                       "stdin is a pipe that ended": "< <(true)"}.items():
        done = subprocess.run(["bash", "-c", f'"{TUTTI}" link --no-enable --json --duration 1.2 {how}'],
                              capture_output=True, text=True, timeout=10, check=False)
        story.expect(f"{title}: it goes on", done.returncode == 0 and done.stdout.count('"second"') == 2, done.stderr)
    done = subprocess.run(["bash", "-c", f'"{TUTTI}" link --no-enable --json | head -n 1; echo ${{PIPESTATUS[0]}}'],
                          capture_output=True, text=True, timeout=10, check=False)
    story.expect("the reader is gone: so are we, without complaint",
                 done.stdout.endswith("}\n0\n") and not done.stderr, done.stdout[-20:] + done.stderr)
    done = subprocess.run(["bash", "-c", f'"{TUTTI}" link --no-enable --json --duration 3 >&-'],
                          capture_output=True, text=True, timeout=10, check=False)
    story.expect("stdout is closed: no crash", done.returncode == 0, done.returncode)
    stuck = subprocess.Popen([TUTTI, "link", "--json"], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    time.sleep(0.3)
    stuck.stdin.write(b"e" * 3000 + b"w" * 3000)  # more to tell than a pipe holds, and nobody reads
    stuck.stdin.flush()
    time.sleep(0.5)
    stuck.terminate()
    story.expect("a reader that sleeps does not keep us", stuck.wait(5) == 0)

    text = subprocess.run([TUTTI, "link", "--no-enable", "--duration", "1.2"], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=10, check=False).stdout
    story.expect("without a terminal the status is a line each second",
                 text.count("\n") == 2 and "\r" not in text and "\x1b" not in text and "120.00 bpm" in text, repr(text))


def private(story):
    story.chapter("settings")
    home = "/dev/shm/home"
    os.makedirs(home)
    subprocess.run([TUTTI, "link", "--duration", "0.3", "--tempo", "77"], stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home}, check=True)
    story.expect("nothing is remembered", not os.listdir(home), os.listdir(home))


with Story("tutti link for scripts") as story:
    alone(story)
    leaving(story, *together(story))
    surroundings(story)
    private(story)
