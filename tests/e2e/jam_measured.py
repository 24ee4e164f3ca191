"""What lies between two musicians, measured: delay, glitches, on networks good and bad (design 7).

    jam_measured.py [--runs N] [--seconds S] [--wire ideal|1ms|5ms|forwarder]… [--frames N] [--json FILE] [--slow N]

One JSON object a take is added to FILE; what is in it already is judged too.
"""
import argparse

import slow_motion
import world

slow_motion.enter()
world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from band import Jam, Rehearsal, Serve  # noqa: E402
from story import Story  # noqa: E402
from standstills import Standstills  # noqa: E402
from takes import HELD, OFF_BY_HEARING, Takes, take_of  # noqa: E402


class Setting:
    """What lies between them, and what is allowed: delay in ms beyond the path's own, glitches a minute."""

    def __init__(self, name, most_delay, most_glitches, *, path="lan", own=0.0, **impairments):
        self.name, self.path, self.own = name, path, own
        self.most_delay, self.most_glitches = most_delay, most_glitches
        self.impairments = impairments


SETTINGS = {
    "ideal": Setting("an ideal wire", 2.5, 0),
    "1ms": Setting("10 ± 1 ms", 3.8, 0, own=10.0, delay="10ms", jitter="1ms"),
    "5ms": Setting("10 ± 5 ms, 1 % lost", 7.5, 5, own=10.0, delay="10ms", jitter="5ms", loss="1%"),
    "forwarder": Setting("an ideal wire", 2.8, 0, path="forwarder"),
}
MORE_BY_FORWARDER = 0.3  # ms
PATIENCE = 3  # takes are played so many times as often, until enough are undisturbed


def keep_apart(one, other):
    """They reach the server, not each other."""
    for here, there in ((one, other), (other, one)):
        here.run("sysctl", "-qw", "net.ipv6.conf.lan0.disable_ipv6=1")
        here.ip("route", "add", "blackhole", there.address())


def play(setting, frames, seconds):
    """One take, from an empty stage."""
    hosts = [lan.Host(name) for name in ("host", "ana", "ben")]
    network = lan.Wire(*hosts, **setting.impairments) if setting.impairments else lan.Switch(*hosts)
    if setting.path == "forwarder":
        keep_apart(*hosts[1:])
    serve = Serve(hosts[0])
    ana = Jam(hosts[1], serve.invitation, "ana", frames=frames)
    ben = Jam(hosts[2], serve.invitation, "ben", frames=frames)
    take = None
    if ana.wait_to_hear("ben") and ben.wait_to_hear("ana"):
        rehearsal = Rehearsal(ana, ben)
        standstills = Standstills()
        review = rehearsal.listen(seconds)
        stops = standstills.longer_than(HELD) or []
        rehearsal.end()
        words = [word for word in ben.hears("ana") if word["t"] >= review["since"]]
        take = take_of(setting.name, frames, review, words, stops)
    for one in (ana, ben):
        one.leave()
    serve.stop()
    if setting.impairments:
        network.cut()
    for host in hosts:
        host.leave()
    return take


def measure(story, takes, setting, frames, runs, seconds):
    story.chapter(f"{setting.name}, {setting.path}, {frames} frames")
    key = (setting.name, setting.path, frames)
    for _ in range(PATIENCE * runs):
        if len(takes.quiet(*key)) >= runs:
            break
        take = play(setting, frames, seconds)
        if not story.expect("they hear of each other", take is not None):
            return
        takes.add(take)
        story.note(take.words())
        story.note(f"shown: {take.shown}")


def judge(story, takes, setting, frames):
    key = (setting.name, setting.path, frames)
    count = len(takes.quiet(*key))
    if count == 0:
        story.note(f"{setting.name}, {setting.path}, {frames} frames: every take was too disturbed to judge")
        return
    what = f"{setting.name}, {setting.path}, {frames} frames, median of {count}"
    beyond, glitches = takes.median(key, "delay") - setting.own, takes.median(key, "glitches")
    period = 1000 * (frames - 64) / 48_000  # of larger blocks, one on each side
    allowed = setting.most_delay + 2 * period
    story.expect(f"{what}: at most {allowed:.1f} ms beyond the path's own", beyond <= allowed, f"{beyond:.2f} ms")
    story.expect(f"{what}: at most {setting.most_glitches} glitches a minute", glitches <= setting.most_glitches,
                 f"{glitches:.1f}")
    off = abs(takes.median(key, "sumError"))
    if setting.own == 0:
        story.expect(f"{what}: the shown parts add up to what is heard within {OFF_BY_HEARING} ms",
                     off <= OFF_BY_HEARING, f"{off:.3f} ms")
    else:
        beyond = takes.median(key, "secondsBeyond")
        story.expect(f"{what}: in each second the shown parts add up to what is heard within the shown bound",
                     beyond == 0, f"{beyond} beyond; off by {off:.3f} of {takes.median(key, 'clockBound'):.3f} ms")


def judge_forwarder(story, takes):
    direct, relayed = (takes.median((SETTINGS[wire].name, SETTINGS[wire].path, 64), "delay")
                       for wire in ("ideal", "forwarder"))
    if direct is not None and relayed is not None:
        more = relayed - direct
        story.expect(f"the forwarder takes at most {MORE_BY_FORWARDER} ms more", more <= MORE_BY_FORWARDER,
                     f"{more:.2f} ms")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--wire", action="append", choices=SETTINGS)
    parser.add_argument("--frames", type=int, action="append")
    parser.add_argument("--json", metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    asked = arguments()
    parts = [(wire, frames) for wire in asked.wire or SETTINGS for frames in asked.frames or (64, 128)]
    with Story("two musicians hear each other, measured") as story:
        takes = Takes(asked.json)
        if slow_motion.asked() > 1:
            story.note(f"in slow motion, {slow_motion.asked():g} times; all figures are of the programs' own clocks")
        for wire, frames in parts:
            measure(story, takes, SETTINGS[wire], frames, asked.runs, asked.seconds)
        story.chapter("all together")
        for row in takes.table():
            story.note(row)
        for wire, frames in parts:
            judge(story, takes, SETTINGS[wire], frames)
        judge_forwarder(story, takes)
