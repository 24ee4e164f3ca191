"""Two studios, apart and then bridged: what has to hold for every way between them (spec bridge)."""
import statistics
import time

import hostclock

SOON = 300_000  # µs beside the way
LAN = 500  # µs a program's own measurement of its bridge may be off on a busy machine; no bridge can know it


def on_the_wire(status):
    """Tempi travel as whole microseconds a beat."""
    return round(60e6 / status.tempo)


def counts(*programs):
    return [program.peers for program in programs]


def expect_counts(story, sentence, wanted, programs, seconds, since=None):
    since = since or hostclock.micros()
    holds = hostclock.wait_until(lambda: all(count == wanted for count in counts(*programs)), seconds)
    return story.expect_in_time(sentence, holds, f"{counts(*programs)} after {(hostclock.micros() - since) / 1e6:.2f} s")


def arrives(story, sentence, listener, since, holds, within):
    """That the listener says so for the first time no later than `within` µs after `since`."""
    def first():
        return next((word for word in listener.said(since) if holds(word)), None)
    word = hostclock.wait_until(first, 5)
    took = word and word["t"] - since
    story.expect_in_time(sentence, word and took <= within, f"after {took / 1000:.0f} ms" if word else listener.status)


def apart(story, a, b):
    story.chapter("apart: two sessions")
    a.play(120)
    b.play(95)
    for studio in (a, b):
        expect_counts(story, f"in {studio.name} the programs see each other and nobody else", 1, studio.programs, 8)
    before = b.tutti.tempo
    a.hut.set_tempo(131)
    time.sleep(2)
    story.expect("a tempo does not cross", abs(a.tutti.tempo - 131) < 0.5 and b.tutti.tempo == before,
                 (a.tutti.tempo, before, b.tutti.tempo))
    story.expect("nor do peers", counts(*a.programs, *b.programs) == [1, 1, 1, 1], counts(*a.programs, *b.programs))


def together(story, a, b, invitation):
    story.chapter("bridged: one session")
    a.bridge(invitation)
    expect_counts(story, "a first bridge is a peer of its LAN", 2, a.programs, 5)
    since = b.bridge(invitation).joined_at
    if expect_counts(story, "all count the same five peers within 3 s", 5, [*a.programs, *b.programs], 10, since):
        story.expect_in_time("and they did so in time", hostclock.micros() - since < 3e6)
    story.expect("everybody is in the same session", a.tutti.session == b.tutti.session, (a.tutti.session, b.tutti.session))
    story.expect("in one tempo", hostclock.wait_until(lambda: on_the_wire(a.tutti) == on_the_wire(b.tutti), 2),
                 (a.tutti.tempo, b.tutti.tempo))
    time.sleep(3)
    expect_counts(story, "and it stays so", 5, [*a.programs, *b.programs], 0)


def one_tempo(story, a, b, path):
    story.chapter("tempo")
    for here, there in ((a, b), (b, a)):
        since = hostclock.micros()
        wanted = here.tutti.tempo + 1
        here.tutti.press("e")
        arrives(story, f"a change in {here.name} is in {there.name} within a round trip and 300 ms", there.tutti, since,
                lambda word, wanted=wanted: abs(word["tempo"] - wanted) < 0.01, 2 * path + SOON)
        story.expect("exact to the rounding of the wire", on_the_wire(here.tutti) == on_the_wire(there.tutti),
                     (here.tutti.tempo, there.tutti.tempo))
        story.expect("and with LinkHut there", there.hut.wait_for(lambda s, wanted=wanted: abs(s.tempo - wanted) < 0.01, 2), there.hut.tempo)
    a.hut.set_tempo(121)
    story.expect("LinkHut's knob turns everybody's", hostclock.wait_until(
        lambda: abs(b.hut.tempo - 121) < 0.02 and abs(b.tutti.tempo - 121) < 0.02 and on_the_wire(a.tutti) == on_the_wire(b.tutti), 3),
                 (b.hut.tempo, a.tutti.tempo, b.tutti.tempo))


def start_and_stop(story, a, b, path):
    story.chapter("start and stop")
    since = hostclock.micros()
    a.tutti.press(" ")
    arrives(story, f"a start in {a.name} is one in {b.name}", b.tutti, since, lambda word: word["playing"], 2 * path + SOON)
    story.expect("for both LinkHuts", a.hut.wait_for(lambda s: s.playing, 3) and b.hut.wait_for(lambda s: s.playing, 3))
    time.sleep(3)
    seen = [site for studio in (a, b) for second in studio.bridging.seconds(since) for site in second["sites"]]
    story.expect("what the bridges take for the clocks' offset, which is none here, is within the shown bound",
                 seen and all(abs(site["offsetUs"]) <= site["boundUs"] for site in seen),
                 [(site["offsetUs"], site["boundUs"]) for site in seen])
    moments = [hostclock.micros() - i * 50_000 for i in range(20)]
    errors = [(a.tutti.beat_at(t) - b.tutti.beat_at(t)) * 60e6 / a.tutti.tempo for t in moments]
    bound = max(site["boundUs"] for site in seen) + 2 * LAN
    story.expect("they are on one beat, within the bound and what each measured on its LAN",
                 statistics.median(map(abs, errors)) <= bound, f"median {statistics.median(errors):+.0f} µs, bound {bound} µs")
    since = hostclock.micros()
    b.hut.halt()
    arrives(story, f"a stop in {b.name} is one in {a.name}", a.tutti, since, lambda word: not word["playing"], 2 * path + 2 * SOON)
    story.expect("for LinkHut, too", a.hut.wait_for(lambda s: not s.playing, 2))


def goodbyes(story, a, b, path):
    story.chapter("who switches Link off")
    for here, there in ((a, b), (b, a)):
        since = hostclock.micros()
        here.hut.press("a")
        arrives(story, f"a LinkHut that goes in {here.name} is gone in {there.name} within 300 ms and the way", there.tutti, since,
                lambda word: word["peers"] == 4, path + SOON)
        here.hut.wait_for(lambda s: not s.enabled, 2)
        here.hut.enable()
        expect_counts(story, "and comes back", 5, [*a.programs, *b.programs], 8)
