"""Three LANs are one Link session: everybody counts the same, whoever speaks is heard everywhere, and nothing goes in circles."""
import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from one_session import SOON, arrives, expect_counts, on_the_wire  # noqa: E402
from sound import JackServer  # noqa: E402
from stage import Toll  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402

NAMES = ("berlin", "lisbon", "oslo")
PATH = 10_000  # µs, one direction
LISTENING = 20  # s


def programs(studios):
    return [program for studio in studios for program in studio.programs]


def together(story, studios, invitation):
    story.chapter("three sites")
    for number, studio in enumerate(studios):
        studio.play(100 + 10 * number)
    expect_counts(story, "apart, each program has one neighbour", 1, programs(studios), 10)
    for studio in studios:
        studio.bridge(invitation)
    expect_counts(story, "bridged, all count the same eight", 8, programs(studios), 10)
    sessions = {studio.tutti.session for studio in studios}
    story.expect("they are one session", len(sessions) == 1, sessions)
    for studio in studios:
        story.expect(f"{studio.name} sees two sites with three peers each", hostclock.wait_until(
            lambda studio=studio: [site["linkPeers"] for site in studio.bridging.second["sites"]] == [3, 3], 3), studio.bridging.second)


def heard_everywhere(story, studios):
    story.chapter("a tempo from each of them")
    for studio in studios:
        wanted, since = studio.tutti.tempo + 1, hostclock.micros()
        studio.tutti.press("e")
        for other in studios:
            if other is not studio:
                arrives(story, f"from {studio.name} to {other.name}", other.tutti, since,
                        lambda word, wanted=wanted: abs(word["tempo"] - wanted) < 0.01, 2 * PATH + SOON)
        tempi = {on_the_wire(one.tutti) for one in studios}
        story.expect("exact to the rounding of the wire", len(tempi) == 1, tempi)


def no_circles(story, studios):
    story.chapter(f"what they say in {LISTENING} s in which nothing happens")
    tolls = [Toll(studio.box, link=("out", 'oifname "lan0" udp dport 20808'), room=("out", 'oifname "wan0" meta l4proto udp'))
             for studio in studios]
    hostclock.wait_until(lambda: False, LISTENING)
    for studio, toll in zip(studios, tolls):
        counted = toll.read()
        link, room = (counted[name][0] / LISTENING for name in ("link", "room"))
        # Seven voices on a LAN (its own, and those of six elsewhere), each of them four times a second at most; an
        # answer to what is said by neighbours comes on top of it. In the room: clocks, checks and one word a second.
        story.expect_in_time(f"{studio.name}: no flood on its LAN", link < 7 * 4 * 2, f"{link:.1f} packets a second")
        story.expect_in_time(f"{studio.name}: nor in the room", room < 60, f"{room:.1f} packets a second")


def one_goes(story, studios):
    story.chapter("one of them goes, the others stay together")
    gone, *others = studios
    session = others[0].tutti.session
    story.expect(f"{gone.name} leaves cleanly", gone.bridging.stop() == 0)
    expect_counts(story, "two sites are left", 5, programs(others), 2)
    expect_counts(story, "and one for itself", 1, gone.programs, 2)
    story.expect("nobody's session was another then", {one.tutti.session for one in studios} == {session},
                 [one.tutti.session for one in studios])


if __name__ == "__main__":
    with Story("Link across three LANs") as story:
        jack = JackServer()
        server = lan.Host("server")
        studios = [Studio(name, number, jack) for number, name in enumerate(NAMES, 1)]
        lan.Wire(server, *(studio.box for studio in studios), interface="wan0", delay=f"{PATH}us", jitter="500us")
        serve = Serve(server, "stage", "--no-announce")
        together(story, studios, serve.invitation)
        heard_everywhere(story, studios)
        no_circles(story, studios)
        one_goes(story, studios)
        for studio in studios[1:]:
            story.expect(f"{studio.name} leaves cleanly", studio.bridging.stop() == 0)
        story.expect("and so does the server", serve.stop() == 0)
