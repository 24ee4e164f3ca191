"""A click of Berlin's LAN on the grid of Lisbon's, by a TURN server and 60 ms: carried by one word, sent while somebody listens."""
import os
import tempfile

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "nft", "openssl", "turnserver")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from coturn import SECRET, Certificate, Coturn  # noqa: E402
from link_audio import LinkAudio, clicks_on_the_beat  # noqa: E402
from nat import rule  # noqa: E402
from sound import JackServer  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402

PORT = 3478
HALF = {"delay": "30ms", "jitter": "2ms", "loss": "0.5%"}  # to the relay; from there on as much again
THERE = "lisbon/Click (berlin)"


def channels(studio):
    told = studio.bridging.events("channels")
    return told[-1] if told else {"offered": [], "published": []}


def offered(studio):
    return [(one["peer"], one["name"], one["sites"]) for one in channels(studio)["offered"]]


def packets(studio):
    return sum(one["packets"] for one in channels(studio)["offered"])


def only_by_the_relay(serve, server, *boxes):
    for host in boxes:
        others = ", ".join(other.address() for other in boxes if other is not host)
        rule(host, "input", f'iifname "wan0" ip saddr {{ {others} }} drop')
        rule(host, "input", 'iifname "wan0" meta nfproto ipv6 drop')
    rule(server, "input", f"udp dport {serve.listening['udp']} drop")


def one_word(story, berlin, lisbon, serve):
    story.chapter("one word to carry it")
    berlin.play(120)
    lisbon.play(95)
    ana = LinkAudio(berlin.desk, "Ana", "--publish", "Click=clicks", "--publish", "Tone=tone:500")
    lisbon.bridge(serve.invitation, "--link-audio")
    berlin.bridge(serve.invitation, "--carry-channel", "Ana/Click")
    story.expect("they are one session", hostclock.wait_until(
        lambda: all(program.peers == 6 for program in (*berlin.programs, *lisbon.programs)), 20),
        [program.peers for program in (*berlin.programs, *lisbon.programs)])
    way = hostclock.wait_until(lambda: (lisbon.bridging.site("berlin") or {}).get("path") == "turn"
                               and lisbon.bridging.site("berlin"), 10)
    story.expect("by the relay", way and 115 < way["rttMs"] < 140, lisbon.bridging.second)
    story.expect("it is offered, and nobody has asked", hostclock.wait_until(
        lambda: offered(berlin) == [("Ana", "Click", 0)], 5), channels(berlin))
    return ana


def on_the_grid(story, berlin, lisbon, ana):
    story.chapter("heard at the other site, on the beat")
    look = LinkAudio(lisbon.desk, "Look")
    story.expect("Lisbon's programs see it, and nothing that was not chosen", hostclock.wait_until(
        lambda: look.channels() == [THERE], 10), look.channels())
    look.stop()
    hostclock.wait_until(lambda: False, 2)
    story.expect("nothing is sent that nobody asks for", packets(berlin) == 0, channels(berlin))
    ben = LinkAudio(lisbon.desk, "Ben", "--subscribe", THERE, "--mode", "beats", "--record", "/dev/shm/Ben.wav")
    story.expect("Ben hears it", ben.wait_to_hear("Click (berlin)"), ben.hears("Click (berlin)"))
    story.expect("Berlin knows that one site listens", hostclock.wait_until(
        lambda: offered(berlin) == [("Ana", "Click", 1)], 3), channels(berlin))
    hostclock.wait_until(lambda: False, 12)
    berlin.hut.set_tempo(144)
    hostclock.wait_until(lambda: False, 12)
    ben.next_second()
    story.note(ben.hears("Click (berlin)"))
    story.note(channels(lisbon))
    heard = next(iter(channels(lisbon)["published"]), {})
    story.expect("some packets were lost, and redundancy filled nearly all holes",
                 heard and 0 < heard["lost"] < 0.03 * heard["packets"] and heard["holes"] < 0.5 * heard["lost"], heard)
    story.expect("Ben leaves in good order", ben.stop() == 0, ben.complaints()[-300:])
    clicks_on_the_beat(story, ben, ana)


def silence_again(story, berlin, lisbon, ana):
    story.chapter("nobody listens any more")
    story.expect("Berlin is told so", hostclock.wait_until(
        lambda: offered(berlin) == [("Ana", "Click", 0)], 12), channels(berlin))
    before = packets(berlin)
    hostclock.wait_until(lambda: False, 3)
    story.expect("and sends nothing", packets(berlin) == before, (before, packets(berlin)))
    story.expect("Ana leaves in good order", ana.stop() == 0, ana.complaints()[-300:])
    story.expect("what has gone in Berlin goes in Lisbon", hostclock.wait_until(
        lambda: not channels(lisbon)["published"], 12), channels(lisbon))
    for studio in (berlin, lisbon):
        story.expect(f"{studio.name}'s bridge leaves cleanly", studio.bridging.stop() == 0)


if __name__ == "__main__":
    with Story("a channel across two sites") as story, tempfile.TemporaryDirectory(prefix="tutti-carried-") as folder:
        jack = JackServer()
        server, turn = lan.Host("server"), lan.Host("turn")
        studios = berlin, lisbon = Studio("berlin", 1, jack), Studio("lisbon", 2, jack)
        wire = lan.Wire(server, turn, berlin.box, lisbon.box, interface="wan0", **HALF)
        os.environ["TUTTI_TURN_SECRET"] = SECRET
        address = turn.address()
        coturn = Coturn(turn, PORT, Certificate(folder, address), shared_secret=True)
        serve = Serve(server, "stage", "--no-announce", "--turn-server", f"turn:{address}:{PORT}")
        only_by_the_relay(serve, server, berlin.box, lisbon.box)
        ana = one_word(story, berlin, lisbon, serve)
        on_the_grid(story, berlin, lisbon, ana)
        silence_again(story, berlin, lisbon, ana)
        story.expect("and so does the server", serve.stop() == 0)
        coturn.stop()
        wire.cut()
