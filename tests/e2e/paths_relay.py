"""Musicians whom only a TURN server brings together: strict routers, networks that let no UDP out, a server that crashes."""
import os
import tempfile

import world

world.enter("ip", "ss", "nft", "openssl", "turnserver", "turnutils_peer")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from coturn import SECRET, Certificate, Coturn  # noqa: E402
from nat import Home, Internet, rule  # noqa: E402
from stage import StageBox, Toll, keep_apart, let_meet  # noqa: E402
from story import Story  # noqa: E402

RELAYED_WITHIN, BACK_WITHIN = 3.0, 5.0  # s
PORT = 3478


class World:
    """A room's server, a TURN server, and homes behind routers. The forwarder is out of everybody's reach."""

    def __init__(self):
        self.server, self.turn_host = lan.Host("server"), lan.Host("turn")
        self.internet = Internet(self.server, self.turn_host)
        self._folder = tempfile.TemporaryDirectory(prefix="tutti-relayed-")
        at = self.turn_host.address()
        certificate = Certificate(self._folder.name, at)
        os.environ["SSL_CERT_FILE"] = certificate.file  # what this world's systems trust
        os.environ["TUTTI_TURN_SECRET"] = SECRET
        self.coturn = Coturn(self.turn_host, PORT, certificate, shared_secret=True)
        self.serve = Serve(self.server, "stage", "--turn-server", f"turn:{at}:{PORT}",
                           "--turn-server", f"turn:{at}:{PORT}?transport=tcp",
                           "--turn-server", f"turns:{at}:{self.coturn.tls_port}")
        rule(self.server, "input", f"udp dport {self.serve.listening['udp']} drop")
        self._homes = {}
        self.sockets_unused = self.turn_sockets()

    def turn_sockets(self):
        """Each relay is one of them, for ten minutes unless it is given back."""
        return len(self.turn_host.run("ss", "-Hnua").splitlines())

    def home(self, name, kind, *walls):
        """A laptop behind a router of this kind, which lets nothing out that `walls` name."""
        if name not in self._homes:
            home, laptop = Home(self.internet, name, kind), lan.Host(f"{name}-laptop")
            home.plug(laptop)
            for wall in walls:
                rule(home.router, "forward", wall)
            self._homes[name] = home, laptop
        return self._homes[name]


class Meeting:
    """Ana and ben join, each from a laptop of their own."""

    def __init__(self, world_, *laptops):
        self.members = [StageBox(laptop, world_.serve.invitation, name, "--input", "tone:440")
                        for laptop, name in zip(laptops, ("ana", "ben"))]
        self.began = self.members[1].events("joined")[-1]["t"]

    def last(self):
        return [member.hears(other)[-1] for member, other in zip(self.members, ("ben", "ana")) if member.hears(other)]

    def are_on(self, path):
        last = self.last()
        return len(last) == 2 and all(word["heard"] and word["path"] == path for word in last)

    def wait_until_on(self, path, seconds):
        """Seconds since both had joined; None: it never came. What is said comes once a second, with some delay."""
        return (hostclock.micros() - self.began) / 1e6 if hostclock.wait_until(lambda: self.are_on(path), seconds, 0.02) else None

    def worst(self, what, since):
        words = [word for member, other in zip(self.members, ("ben", "ana")) for word in member.hears(other, since)]
        return max((word[what] for word in words), default=float("inf"))

    def end(self):
        return [member.stop() for member in self.members]


def told(seconds):
    return "never" if seconds is None else f"{seconds:.2f} s"


def let_pass(seconds):
    hostclock.wait_until(lambda: False, seconds)


def meet(story, world_, what, homes, way):
    """They hear each other by a relay, which at least ana reaches in this way."""
    story.chapter(what)
    ana = homes[0][1]
    toll = Toll(ana, way=("out", f"ip daddr {world_.turn_host.address()} {way}"))
    meeting = Meeting(world_, *(laptop for _, laptop in homes))
    after = meeting.wait_until_on("turn", RELAYED_WITHIN + 6)
    # One word a second, and the first whole second is the second one.
    story.expect_in_time(f"they hear each other within {RELAYED_WITHIN:.0f} s, and two for saying so",
                         after is not None and after <= RELAYED_WITHIN + 2, told(after))
    since = hostclock.micros()
    before, _ = toll.read()["way"]
    let_pass(12.5)  # so that what is told does not reach back to the beginning
    packets = toll.read()["way"][0] - before
    story.expect_in_time("ana's sound goes that way", packets > 1000, f"{packets} packets in {(hostclock.micros() - since) / 1e6:.0f} s")
    story.expect_in_time("nothing is lost any more", all(word["lossPct"] == 0 for word in meeting.last()), meeting.last())
    return meeting


def part(story, meeting, world_):
    story.expect("they leave cleanly", meeting.end() == [0, 0])
    gone = hostclock.wait_until(lambda: world_.turn_sockets() <= world_.sockets_unused, 3)
    story.expect("and give their relays back", gone, f"{world_.turn_sockets()} sockets, {world_.sockets_unused} without relays")


def restarted(story, world_, meeting):
    story.chapter("the TURN server crashes and starts anew")
    story.note(f"it is away for {world_.coturn.restart():.2f} s")
    since = hostclock.micros()
    heard = hostclock.wait_until(
        lambda: all(member.hears(other, since + 1e6) and member.hears(other)[-1]["heard"]
                    for member, other in zip(meeting.members, ("ben", "ana"))), BACK_WITHIN)
    story.expect_in_time(f"they hear each other again within {BACK_WITHIN:.0f} s", heard, f"{(hostclock.micros() - since) / 1e6:.1f} s")
    story.expect_in_time("by a relay", meeting.are_on("turn"), meeting.last())


def upgraded(story, world_):
    story.chapter("a direct way that is lost, and found again")
    homes = [world_.home(name, "port-restricted") for name in ("cora", "dan")]
    routers = [home.router for home, _ in homes]
    meeting = Meeting(world_, *(laptop for _, laptop in homes))
    story.expect("they play directly", meeting.wait_until_on("direct", 10) is not None, meeting.last())
    keep_apart(world_.internet.switch, *routers)
    story.expect_in_time("cut off, they play by a relay", meeting.wait_until_on("turn", 6) is not None, meeting.last())
    let_pass(12.5)  # so that what is told does not reach back to the cut
    story.expect_in_time("where nothing is lost", all(word["lossPct"] == 0 for word in meeting.last()), meeting.last())
    let_meet(world_.internet.switch, *routers)
    found = meeting.wait_until_on("direct", 40)
    since = hostclock.micros() - 2e6
    story.expect_in_time("they find the direct way again", found is not None, meeting.last())
    let_pass(3)
    story.expect_in_time("and the move loses no packet", meeting.worst("lossPct", since) == 0, f"{meeting.worst('lossPct', since)} %")
    story.expect("they leave cleanly", meeting.end() == [0, 0])


if __name__ == "__main__":
    with Story("ways by TURN servers") as story:
        world_ = World()
        strict = [world_.home(name, "symmetric") for name in ("ana", "ben")]
        meeting = meet(story, world_, "two strict routers", strict, "meta l4proto udp")
        restarted(story, world_, meeting)
        part(story, meeting, world_)
        office = world_.home("office", "symmetric", "meta l4proto udp drop")
        part(story, meet(story, world_, "a network that lets no UDP out", [office, strict[1]], f"tcp dport {PORT}"), world_)
        bank = world_.home("bank", "symmetric", "meta l4proto udp drop", f"tcp dport {PORT} reject with tcp reset")
        part(story, meet(story, world_, "a network that lets only TLS out", [bank, strict[1]],
                         f"tcp dport {world_.coturn.tls_port}"), world_)
        part(story, meet(story, world_, "no UDP on both sides", [office, bank], f"tcp dport {PORT}"), world_)
        upgraded(story, world_)
        story.expect("the server leaves cleanly", world_.serve.stop() == 0)
        world_.coturn.stop()
