"""Two LANs, each with LinkHut and `tutti link`, become one Link session by `tutti bridge` (spec bridge)."""
import statistics
import subprocess
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
import one_session  # noqa: E402
from band import Serve  # noqa: E402
from one_session import expect_counts  # noqa: E402
from sound import JackServer  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402
from tutti import Tutti  # noqa: E402

PATH = 10_000  # µs, one direction


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
        story.expect_in_time("the round trip is that of the wire", 1.8 * PATH <= site["rttMs"] * 1000 <= 4 * PATH, site["rttMs"])
        story.expect("all hosts have one clock: the shown bound covers it", abs(site["offsetUs"]) <= site["boundUs"], site["offsetUs"])
        words = here.bridging.seconds()
        gaps = [(later["t"] - word["t"]) / 1e6 for word, later in zip(words, words[1:])]
        story.expect_in_time("one object a second", gaps and 0.8 < statistics.median(gaps) < 1.2, gaps)
        story.expect("it said that the other site came", any(there.name in text for text in here.bridging.notices()),
                     here.bridging.notices())


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
        one_session.apart(story, berlin, lisbon)
        one_session.together(story, berlin, lisbon, serve.invitation)
        reported(story, berlin, lisbon)
        one_session.one_tempo(story, berlin, lisbon, PATH)
        one_session.start_and_stop(story, berlin, lisbon, PATH)
        one_session.goodbyes(story, berlin, lisbon, PATH)
        on_the_same_machine(story, berlin, lisbon)
        who_may_only_follow(story, berlin, lisbon, serve.invitation)
        by_the_forwarder(story, berlin, lisbon, serve.invitation)
