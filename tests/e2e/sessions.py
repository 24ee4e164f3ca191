"""W-1 to W-4 of our own checklist: who joins whom, and what is left when somebody goes (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from duo import Duo, expect_peers, expect_tempo  # noqa: E402
from hut import Hut  # noqa: E402
from sound import ClickRecorder, JackServer  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together  # noqa: E402
from tutti import Tutti  # noqa: E402


def tie_break(story):
    story.chapter("W-1: two that begin within half a second: the smaller id is the session")
    a, b = lan.Host("tie1"), lan.Host("tie2")
    lan.cable(a, b)
    pair = [Tutti(host, "--tempo", bpm, enable=False) for host, bpm in ((a, "101"), (b, "102"))]
    since = hostclock.micros()
    for tutti in pair:
        tutti.press("a")
    expect_peers(story, 1, *pair)
    founded = [next(s for s in tutti.said(since) if s["enabled"])["node"] for tutti in pair]
    story.expect("both are in the session of the smaller id", {t.session for t in pair} == {min(founded)},
                 f"{founded} -> {[t.session for t in pair]}")
    expect_tempo(story, "and at its tempo", 101 if founded[0] < founded[1] else 102, *pair)
    for tutti in pair:
        tutti.quit()


def tie_break_with_hut(story, duo):
    story.chapter("W-1 with LinkHut")
    duo.hut.set_tempo(111)
    tutti = duo.tutti("--tempo", "122", enable=False)
    duo.hut.press("a")
    tutti.press("a")
    expect_peers(story, 1, duo.hut, tutti)
    time.sleep(0.5)
    ours = next(s for s in tutti.said() if s["enabled"])["node"]
    winner = "Tutti" if tutti.session == ours else "LinkHut"
    story.expect("the session's id is not above Tutti's own", tutti.session <= ours, f"{winner} wins")
    expect_tempo(story, "and its tempo counts for both", 122 if winner == "Tutti" else 111, duo.hut, tutti)
    tutti.quit()
    duo.hut.disable()


def merge(story, older):
    story.chapter(f"W-2: two old sessions meet; {older}'s is the older by two seconds")
    duo = Duo(connect=None)
    duo.hut.set_tempo(111)
    if older == "LinkHut":
        duo.hut.enable()
        time.sleep(2)
    tutti = duo.tutti("--tempo", "122")
    if older == "Tutti":
        time.sleep(2)
        duo.hut.enable()
    for change in "ewewew":  # more edits, so more beats at the origin: must not matter between sessions
        (tutti if older == "LinkHut" else duo.hut).press(change)
    lan.cable(duo.hut_host, duo.tutti_host)
    expect_peers(story, 1, duo.hut, tutti, seconds=12)
    expect_tempo(story, f"{older}'s tempo counts", 111 if older == "LinkHut" else 122, duo.hut, tutti)
    duo.hut.play()
    expect_together(story, "merged", duo.recorder, "hut", tutti, bars=True)
    duo.leave(tutti)


def founder_leaves(story):
    story.chapter("W-3: the founder goes, two others stay")
    hosts = [lan.Host(f"band{i}") for i in range(3)]
    lan.Switch(*hosts)
    server = JackServer()
    founder = Tutti(hosts[0], "--tempo", "104")
    time.sleep(1)
    other = Tutti(hosts[1])
    hut = Hut(hosts[2], server)
    hut.enable()
    hut.play()
    recorder = ClickRecorder(server, hut=hut.ports[0])
    expect_peers(story, 2, founder, other, hut)
    session = other.session
    story.expect("it is the founder's", session == founder.node)
    founder.quit()
    expect_peers(story, 1, other, hut, seconds=2)
    time.sleep(0.5)
    story.expect("the session lives on", other.session == session)
    expect_tempo(story, "with its tempo", 104, other, hut)
    expect_together(story, "those who stay", recorder, "hut", other)
    hut.quit()
    expect_peers(story, 0, other, seconds=2)
    story.expect("alone, it founds its own", other.session == other.node != session)
    other.quit()
    recorder.stop()
    server.stop()


def crashes(story, duo):
    story.chapter("W-4: kill -9: gone after 6 to 7 seconds")
    duo.hut.enable()
    tutti = duo.tutti()
    expect_peers(story, 1, duo.hut, tutti)
    died = hostclock.micros()
    tutti.kill()
    duo.hut.wait_for(lambda status: status.peers == 0, 10)
    took = (hostclock.micros() - died) / 1e6
    story.expect_in_time("LinkHut counts Tutti out", 5.6 <= took <= 7.2, f"{took:.2f} s")
    tutti = duo.tutti()
    expect_peers(story, 1, duo.hut, tutti)
    died = hostclock.micros()
    duo.hut.kill()
    tutti.wait_for(lambda t: t.peers == 0, 10)
    took = (hostclock.micros() - died) / 1e6
    story.expect_in_time("Tutti counts LinkHut out", 5.6 <= took <= 7.2, f"{took:.2f} s")
    tutti.quit()


if __name__ == "__main__":
    with Story("sessions: joining, merging, leaving") as story:
        tie_break(story)
        merge(story, "LinkHut")
        merge(story, "Tutti")
        founder_leaves(story)
        duo = Duo()
        tie_break_with_hut(story, duo)
        crashes(story, duo)
