"""Two LANs, each with LinkHut and `tutti link`, become one Link session by `tutti bridge` (spec bridge)."""
import statistics
import subprocess
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from sound import JackServer  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402
from tutti import Tutti  # noqa: E402

PATH = 10_000  # µs, one direction
SOON = 300_000  # µs beside the way


def on_the_wire(status):
    """Tempi travel as whole microseconds a beat."""
    return round(60e6 / status.tempo)


def counts(*programs):
    return [program.peers for program in programs]


def expect_counts(story, sentence, wanted, programs, seconds, since=None):
    since = since or hostclock.micros()
    holds = hostclock.wait_until(lambda: all(count == wanted for count in counts(*programs)), seconds)
    return story.expect(sentence, holds, f"{counts(*programs)} after {(hostclock.micros() - since) / 1e6:.2f} s")


def arrives(story, sentence, listener, since, holds, within):
    """That the listener says so for the first time no later than `within` µs after `since`."""
    def first():
        return next((word for word in listener.said(since) if holds(word)), None)
    word = hostclock.wait_until(first, 5)
    took = word and word["t"] - since
    story.expect(sentence, word and took <= within, f"after {took / 1000:.0f} ms" if word else listener.status)


def apart(story, a, b):
    story.chapter("apart: two sessions")
    a.play(120)
    b.play(95)
    for studio in (a, b):
        expect_counts(story, f"in {studio.name} the programs see each other and nobody else", 1, studio.programs, 8)
    a.hut.set_tempo(131)
    time.sleep(2)
    story.expect("a tempo does not cross", abs(a.tutti.tempo - 131) < 0.5 and abs(b.tutti.tempo - 95) < 0.5,
                 (a.tutti.tempo, b.tutti.tempo))
    story.expect("nor do peers", counts(*a.programs, *b.programs) == [1, 1, 1, 1], counts(*a.programs, *b.programs))


def together(story, a, b, invitation):
    story.chapter("bridged: one session")
    a.bridge(invitation)
    expect_counts(story, "a first bridge is a peer of its LAN", 2, a.programs, 5)
    since = b.bridge(invitation).joined_at
    if expect_counts(story, "all count the same five peers within 3 s", 5, [*a.programs, *b.programs], 10, since):
        story.expect("and they did so in time", hostclock.micros() - since < 3e6)
    story.expect("everybody is in the same session", a.tutti.session == b.tutti.session, (a.tutti.session, b.tutti.session))
    story.expect("in one tempo", hostclock.wait_until(lambda: on_the_wire(a.tutti) == on_the_wire(b.tutti), 2),
                 (a.tutti.tempo, b.tutti.tempo))
    time.sleep(3)
    expect_counts(story, "and it stays so", 5, [*a.programs, *b.programs], 0)


def reported(story, a, b):
    story.chapter("what the bridges say")
    for here, there in ((a, b), (b, a)):
        second = here.bridging.second
        story.note(second)
        story.expect(f"{here.name}'s object has the agreed fields",
                     list(second) == ["t", "sites", "session", "tempo", "peersHere", "peersTotal"])
        site = here.bridging.site(there.name)
        if not story.expect(f"it knows {there.name}", site and list(site) == [
                "name", "path", "rttMs", "offsetUs", "boundUs", "driftPpm", "linkPeers"], site):
            continue
        story.expect("two programs here, five in all, three of them there",
                     (second["peersHere"], second["peersTotal"], site["linkPeers"]) == (2, 5, 3))
        story.expect("the session is that of the programs", second["session"] == here.tutti.session)
        story.expect("the round trip is that of the wire", 1.8 * PATH <= site["rttMs"] * 1000 <= 4 * PATH, site["rttMs"])
        story.expect("all hosts have one clock: the shown bound covers it", abs(site["offsetUs"]) <= site["boundUs"], site["offsetUs"])
        words = here.bridging.seconds()
        gaps = [(later["t"] - word["t"]) / 1e6 for word, later in zip(words, words[1:])]
        story.expect("one object a second", gaps and 0.8 < statistics.median(gaps) < 1.2, gaps)
        story.expect("it said that the other site came", any(there.name in text for text in here.bridging.notices()),
                     here.bridging.notices())


def one_tempo(story, a, b):
    story.chapter("tempo")
    for here, there in ((a, b), (b, a)):
        since = hostclock.micros()
        wanted = here.tutti.tempo + 1
        here.tutti.press("e")
        arrives(story, f"a change in {here.name} is in {there.name} within a round trip and 300 ms", there.tutti, since,
                lambda word, wanted=wanted: abs(word["tempo"] - wanted) < 0.01, 2 * PATH + SOON)
        story.expect("exact to the rounding of the wire", on_the_wire(here.tutti) == on_the_wire(there.tutti),
                     (here.tutti.tempo, there.tutti.tempo))
        story.expect("and with LinkHut there", there.hut.wait_for(lambda s, wanted=wanted: abs(s.tempo - wanted) < 0.01, 2), there.hut.tempo)
    a.hut.set_tempo(121)
    story.expect("LinkHut's knob turns everybody's", hostclock.wait_until(
        lambda: abs(b.hut.tempo - 121) < 0.02 and abs(b.tutti.tempo - 121) < 0.02 and on_the_wire(a.tutti) == on_the_wire(b.tutti), 3),
                 (b.hut.tempo, a.tutti.tempo, b.tutti.tempo))


def start_and_stop(story, a, b):
    story.chapter("start and stop")
    since = hostclock.micros()
    a.tutti.press(" ")
    arrives(story, f"a start in {a.name} is one in {b.name}", b.tutti, since, lambda word: word["playing"], 2 * PATH + SOON)
    story.expect("for both LinkHuts", a.hut.wait_for(lambda s: s.playing, 3) and b.hut.wait_for(lambda s: s.playing, 3))
    time.sleep(3)
    bound = max(studio.bridging.second["sites"][0]["boundUs"] for studio in (a, b))
    moments = [hostclock.micros() - i * 50_000 for i in range(20)]
    errors = [(a.tutti.beat_at(t) - b.tutti.beat_at(t)) * 60e6 / a.tutti.tempo for t in moments]
    story.expect("they are on one beat, within the shown bound", statistics.median(map(abs, errors)) <= bound,
                 f"median {statistics.median(errors):+.0f} µs, bound {bound} µs")
    since = hostclock.micros()
    b.hut.halt()
    arrives(story, f"a stop in {b.name} is one in {a.name}", a.tutti, since, lambda word: not word["playing"], 2 * PATH + 2 * SOON)
    story.expect("for LinkHut, too", a.hut.wait_for(lambda s: not s.playing, 2))


def goodbyes(story, a, b):
    story.chapter("who switches Link off")
    for here, there in ((a, b), (b, a)):
        since = hostclock.micros()
        here.hut.press("a")
        arrives(story, f"a LinkHut that goes in {here.name} is gone in {there.name} within 300 ms and the way", there.tutti, since,
                lambda word: word["peers"] == 4, PATH + SOON)
        here.hut.wait_for(lambda s: not s.enabled, 2)
        here.hut.enable()
        expect_counts(story, "and comes back", 5, [*a.programs, *b.programs], 8)


def on_the_same_machine(story, a, b):
    story.chapter("a program on the bridge's own machine")
    guest = Tutti(a.box, "--interface", "lan0", "--interface", "lo")
    expect_counts(story, "counts the same, and is counted", 6, [guest, *a.programs, *b.programs], 8)
    guest.quit()
    expect_counts(story, "until it goes", 5, [*a.programs, *b.programs], 3)


def who_may_only_follow(story, a, b, invitation):
    story.chapter("a site that may only follow")
    status = b.bridging.stop()
    story.expect("a bridge that is told to leave does so, with status 0", status == 0, status)
    expect_counts(story, "its programs are gone elsewhere at once", 2, a.programs, 1)
    expect_counts(story, "and those elsewhere are gone for them", 1, b.programs, 1)
    story.expect("its programs keep the tempo", abs(b.tutti.tempo - a.tutti.tempo) < 0.01, (a.tutti.tempo, b.tutti.tempo))
    b.bridge(invitation, "--may", "follow")
    expect_counts(story, "it comes back", 5, [*a.programs, *b.programs], 8)
    since, before = hostclock.micros(), a.tutti.tempo
    b.tutti.press("e")
    b.tutti.wait_for(lambda t: abs(t.tempo - before) > 0.5, 1)
    story.expect("what is changed there is put back", b.tutti.wait_for(lambda t: abs(t.tempo - before) < 0.01, 2), b.tutti.tempo)
    time.sleep(1)
    story.expect("and never heard elsewhere", all(abs(word["tempo"] - before) < 0.01 for word in a.tutti.said(since)))
    story.expect("which is explained", hostclock.wait_until(
        lambda: any("may not change the tempo" in text for text in b.bridging.notices(since)), 3), b.bridging.notices(since))
    a.tutti.press("e")
    story.expect("while it follows", b.tutti.wait_for(lambda t: abs(t.tempo - before - 1) < 0.01, 2), b.tutti.tempo)


def keep_from(host, other):
    """From now on no datagram comes here from there, whichever address it has."""
    drop = "meta l4proto udp drop;"
    script = ("table inet wall { chain door { type filter hook input priority 0; "
              f'iifname "wan0" ip saddr {other.address()} {drop} iifname "wan0" ip6 saddr fe80::/10 {drop} }}; }}')
    subprocess.run(host.command("nft", "-f", "-"), input=script, text=True, check=True, capture_output=True)


def by_the_forwarder(story, a, b, invitation):
    story.chapter("a bridge dies, and there is no direct way")
    since = hostclock.micros()
    b.bridging.kill()
    expect_counts(story, "who is not heard for six seconds is gone", 2, a.programs, 10, since)
    keep_from(a.box, b.box)
    keep_from(b.box, a.box)
    b.bridge(invitation)
    expect_counts(story, "through the server they are one session again", 5, [*a.programs, *b.programs], 15)
    story.expect("and say so", hostclock.wait_until(lambda: (a.bridging.site(b.name) or {}).get("path") == "forwarder", 5),
                 a.bridging.second)


if __name__ == "__main__":
    with Story("Link across two LANs") as story:
        jack = JackServer()
        server = lan.Host("server")
        berlin, lisbon = Studio("berlin", 1, jack), Studio("lisbon", 2, jack)
        lan.Wire(server, berlin.box, lisbon.box, interface="wan0", delay=f"{PATH}us", jitter="500us")
        serve = Serve(server, "stage", "--no-announce")
        apart(story, berlin, lisbon)
        together(story, berlin, lisbon, serve.invitation)
        reported(story, berlin, lisbon)
        one_tempo(story, berlin, lisbon)
        start_and_stop(story, berlin, lisbon)
        goodbyes(story, berlin, lisbon)
        on_the_same_machine(story, berlin, lisbon)
        who_may_only_follow(story, berlin, lisbon, serve.invitation)
        by_the_forwarder(story, berlin, lisbon, serve.invitation)
