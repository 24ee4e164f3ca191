"""Eight members for twenty minutes, one of whom comes and goes: nothing grows, nothing is left behind, nothing drops out.

jam_for_long.py [--minutes N] [--members N] [--slow N]
"""
import argparse
import statistics
import time

import slow_motion
import world

slow_motion.enter()
world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Jam, Paced, Serve  # noqa: E402
from process_watch import descriptors, resident_kilobytes  # noqa: E402
from standstills import Standstills  # noqa: E402
from story import Story  # noqa: E402

ROUND = 30  # s: one leaves, and half a round later joins again
WARM_UP = 3  # rounds, until everything that is kept has been met once
CRASHES_EACH = 4  # rounds: then it does not say goodbye
LEASE = 15  # s until the directory lets it go
GROWTH = 2048  # kB: allocators breathe
HELD = 1_500  # µs: a block of 2.7 ms that takes a third of them drops out where the machine stands still for longer
MOST_HELD = 0.2  # of the seconds: where it is more, nothing can be told apart


class Watch:
    """What the programs held after each round, in the same state: all are there."""

    def __init__(self, programs):
        self._programs = programs
        self._rounds = []

    def look(self):
        self._rounds.append({one.name: (descriptors(one.pid), resident_kilobytes(one.pid)) for one in self._programs})

    def judge(self, story):
        rounds = self._rounds[WARM_UP:]
        if len(rounds) < 2:
            return story.note("too short to see anything grow")
        quarter = max(1, len(rounds) // 4)
        for name in rounds[0]:
            files = [look[name][0] for look in rounds]
            memory = [look[name][1] for look in rounds]
            # Not the most: a connection that is being made while we look comes and goes.
            before, after = (statistics.median(part) for part in (files[:quarter], files[-quarter:]))
            story.expect(f"{name} holds no more descriptors", after <= before, f"{before:.0f} … {after:.0f}")
            early, late = (statistics.median(part) for part in (memory[:quarter], memory[-quarter:]))
            story.expect(f"{name} holds no more memory", late - early <= GROWTH, f"{early:.0f} kB … {late:.0f} kB")
        return None


class Band:
    """Two on JACK, the others on a steady clock: so many JACK servers need a machine of their own."""

    def __init__(self, members):
        self._hosts = [lan.Host(f"h{i}") for i in range(members + 1)]
        lan.Switch(*self._hosts)
        self.serve = Serve(self._hosts[0])
        self.stayers = [Jam(host, self.serve.invitation, f"jack{i}", "--input", f"tone:{400 + 100 * i}", frames=128)
                        for i, host in enumerate(self._hosts[1:3])]
        self.stayers += [Paced(host, self.serve.invitation, f"paced{i}", hz=600 + 100 * i)
                         for i, host in enumerate(self._hosts[3:-1])]
        self.come()

    def come(self):
        self.guest = Paced(self._hosts[-1], self.serve.invitation, "guest", hz=440)

    def everybody(self):
        return sorted([one.player for one in self.stayers] + ["guest"])

    def wrong_lists(self, names, seconds):
        """Those whose strips are not these players (but themselves), after that time."""
        def others():
            return [(one.player, one.players()) for one in self.stayers
                    if one.players() != [name for name in names if name != one.player]]
        hostclock.wait_until(lambda: not others(), seconds, 0.1)
        return others()

    def unheard(self):
        """Who does not hear whom, as was said last."""
        return [(one.player, name) for one in self.stayers for name in self.everybody()
                if name != one.player and not (one.hears(name) and one.hears(name)[-1]["heard"])]


def go_round(story, band, number):
    began = time.monotonic()
    names = [name for name in band.everybody() if name != "guest"]
    is_crash = number % CRASHES_EACH == CRASHES_EACH - 1
    status = band.guest.kill() if is_crash else band.guest.leave()
    wrong = band.wrong_lists(names, LEASE + 5 if is_crash else 4)
    left = not wrong and (is_crash or status == 0)
    time.sleep(max(0.0, began + ROUND / 2 - time.monotonic()))
    band.come()
    came = band.wrong_lists(band.everybody(), 5)
    time.sleep(3)
    unheard = band.unheard()
    word = "is killed" if is_crash else "leaves"
    story.expect(f"round {number + 1}: the guest {word}, comes back, and everybody knows and hears", left and not came and not unheard,
                 (status, wrong, came, unheard) if not left or came or unheard else "")
    time.sleep(max(0.0, began + ROUND - time.monotonic()))


def dropouts(events, stops):
    """Of one program: how many, and how many of them in a second in which the machine never stood still."""
    ours = 0
    for before, now in zip(events, events[1:]):
        happened = now["ownXruns"] - before["ownXruns"]
        if happened and not any(begin <= now["t"] and before["t"] <= end for begin, end in stops):
            ours += happened
    return events[-1]["ownXruns"], ours + events[0]["ownXruns"]


def judge_dropouts(story, band, standstills):
    stops = standstills.longer_than(HELD)
    if stops is None:
        story.note("nobody may be the most urgent here: dropouts are taken for ours, whosesoever they are")
    stops = stops or []
    events = {one.player: one.events("own") for one in band.stayers}
    seconds = len(events[band.stayers[0].player])
    held = len({int(begin / 1e6) for begin, _ in stops})
    longest = max((end - begin for begin, end in stops), default=0)
    story.note(f"the machine stood still in {held} of {seconds} seconds, for {longest / 1000:.1f} ms at most")
    unless = "a machine that stands still so often tells nothing" if held > MOST_HELD * seconds else None
    for player, told in events.items():
        own = told[-1]
        all_of_them, ours = dropouts(told, stops)
        story.note(f"{player}: device xruns {own['xruns']}, held up by others {own['heldUp']}, callback {own['callback']}, "
                   f"dropouts {all_of_them}")
        story.expect(f"{player} has had no dropout of ours", ours == 0, f"{ours} of {all_of_them}", unless=unless)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--minutes", type=float, default=20)
    words.add_argument("--members", type=int, default=8)
    told = words.parse_args()
    with Story(f"{told.members} members for {told.minutes:g} minutes, one coming and going") as story:
        band = Band(told.members)
        story.expect("everybody is there", not band.wrong_lists(band.everybody(), 20))
        watch = Watch([band.serve, *band.stayers])
        standstills = Standstills()
        for number in range(max(1, round(told.minutes * 60 / ROUND))):
            go_round(story, band, number)
            watch.look()
        watch.judge(story)
        judge_dropouts(story, band, standstills)
        story.expect("all leave cleanly", [one.leave() for one in (band.guest, *band.stayers)] == [0] * told.members)
        story.expect("the server leaves cleanly", band.serve.stop() == 0)
