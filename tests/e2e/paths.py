"""Two musicians behind routers of all kinds: which way is found, and how fast; and what a better or a lost way costs."""
import os
import tempfile

import world

world.enter("ip", "ss", "nft", "openssl", "turnserver", "turnutils_peer")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from coturn import SECRET, Certificate, Coturn  # noqa: E402
from nat import KINDS, Home, Internet, can_meet  # noqa: E402
from stage import StageBox, Toll, keep_apart, let_meet  # noqa: E402
from story import Story  # noqa: E402

MEDIA = "meta l4proto udp @th,64,2 2"  # the first two bits behind the UDP head: RTP's version
LARGE = "udp length > 240"  # from a TURN server: media, in whatever it is wrapped; checks are smaller
WITHIN, AT_ONCE = {"direct": 2.0, "turn": 3.0}, 1.0  # s
PAIRS = [(one, other) for i, one in enumerate(KINDS) for other in KINDS[i:]]


class Flat:
    """A home with a laptop in it, at whose door media is counted by the way that it took."""

    def __init__(self, internet, server, turn, name, kind):
        self.home = Home(internet, name, kind)
        self.laptop = lan.Host(name)
        self.home.plug(self.laptop)
        servers = f"{{ {server.address()}, {turn.address()} }}"
        self._toll = Toll(self.laptop, forwarder=("in", f"ip saddr {server.address()} {MEDIA}"),
                          turn=("in", f"ip saddr {turn.address()} {LARGE}"),
                          direct=("in", f"ip saddr != {servers} {MEDIA}"))

    def came(self):
        return {way: packets for way, (packets, _) in self._toll.read().items()}


class World:
    """A room's server, a TURN server, and each kind of home twice, so that each kind can meet its like."""

    def __init__(self):
        self.server, self._turn = lan.Host("server"), lan.Host("turn")
        self.internet = Internet(self.server, self._turn)
        self._folder = tempfile.TemporaryDirectory(prefix="tutti-paths-")
        os.environ["TUTTI_TURN_SECRET"] = SECRET
        self.coturn = Coturn(self._turn, 3478, Certificate(self._folder.name, self._turn.address()), shared_secret=True)
        self.serve = Serve(self.server, "stage", "--turn-server", f"turn:{self._turn.address()}:{self.coturn.port}")
        self._flats = {}

    def flat(self, kind, which):
        name = f"{'ana' if which == 0 else 'ben'}-{kind.replace(' ', '')}"
        return self._flats.get(name) or self._flats.setdefault(name, Flat(self.internet, self.server, self._turn, name, kind))


class Meeting:
    """Ana and ben join, each from a home of their own."""

    def __init__(self, world_, kinds):
        self.flats = [world_.flat(kind, which) for which, kind in enumerate(kinds)]
        self._before = [flat.came() for flat in self.flats]
        self.members = [StageBox(flat.laptop, world_.serve.invitation, name, "--input", "tone:440")
                        for flat, name in zip(self.flats, ("ana", "ben"))]
        self.began = self.members[1].events("joined")[-1]["t"]

    def seconds_until(self, ways, seconds):
        """From when both were in the room, until media came to both by one of these ways; None: it never did."""
        def came():
            return all(any(flat.came()[way] > before[way] for way in ways)
                       for flat, before in zip(self.flats, self._before))
        return (hostclock.micros() - self.began) / 1e6 if hostclock.wait_until(came, seconds, 0.02) else None

    def paths(self):
        return [member.hears(other)[-1]["path"] for member, other in zip(self.members, ("ben", "ana"))
                if member.hears(other)]

    def agree_on(self, path, seconds=3):
        return hostclock.wait_until(lambda: self.paths() == [path] * 2, seconds)

    def end(self):
        return [member.stop() for member in self.members]


def told(seconds):
    return "never" if seconds is None else f"{seconds:.2f} s"


def meet(story, world_, kinds):
    """One row of the table."""
    meeting = Meeting(world_, kinds)
    wanted = "direct" if can_meet(*kinds) else "turn"
    within = WITHIN[wanted]
    first = meeting.seconds_until(("forwarder", "direct", "turn"), 5)
    found = meeting.seconds_until((wanted,), within + 1)
    names = " to ".join(kinds)
    story.expect_in_time(f"{names}: they hear each other at once", first is not None and first <= AT_ONCE, told(first))
    story.expect_in_time(f"{names}: '{wanted}' within {within:.0f} s", found is not None and found <= within, told(found))
    story.expect(f"{names}: and both say so", meeting.agree_on(wanted), meeting.paths())
    story.expect(f"{names}: they leave cleanly", meeting.end() == [0, 0])
    return f"{kinds[0]:<16} {kinds[1]:<16} {wanted:<8} {told(first):>8} {told(found):>8}"


def tell(story, world_):
    story.chapter("all kinds of routers")
    rows = [meet(story, world_, kinds) for kinds in PAIRS]
    story.chapter("which way was found, and after how long since both were in the room")
    story.note(f"{'ana':<16} {'ben':<16} {'way':<8} {'any':>8} {'this':>8}")
    for row in rows:
        story.note(row)


def better_way(story, world_):
    """The direct way is cut, and comes back while they play."""
    story.chapter("a direct way that is lost, and found again")
    meeting = Meeting(world_, ("port-restricted", "port-restricted"))
    ben = meeting.members[1]
    routers = [flat.home.router for flat in meeting.flats]
    story.expect_in_time("they play directly", meeting.agree_on("direct", 6), meeting.paths())
    keep_apart(world_.internet.switch, *routers)
    cut = hostclock.micros()
    story.expect_in_time("cut off, they play by the TURN server", meeting.agree_on("turn", 4), meeting.paths())
    hostclock.wait_until(lambda: hostclock.micros() - cut > 12.5e6, 13)  # so that what is told does not reach back to the cut
    lost_before = ben.hears("ana")[-1]["lossPct"]
    story.expect_in_time("where nothing is lost", lost_before == 0, f"{lost_before} %")
    let_meet(world_.internet.switch, *routers)
    story.expect_in_time("they find the direct way again", meeting.agree_on("direct", 15), meeting.paths())
    found = hostclock.micros()
    hostclock.wait_until(lambda: hostclock.micros() - found > 3e6, 4)
    words = [word for member, other in zip(meeting.members, ("ben", "ana")) for word in member.hears(other, found - 2e6)]
    lost = max(word["lossPct"] for word in words)
    story.expect_in_time("and the move loses no packet", lost == 0, f"{lost} %")
    story.note(f"late then: {max(word['latePct'] for word in words)} %")
    story.expect("they leave cleanly", meeting.end() == [0, 0])


if __name__ == "__main__":
    with Story("ways through routers of all kinds") as story:
        world_ = World()
        tell(story, world_)
        better_way(story, world_)
        story.expect("the server leaves cleanly", world_.serve.stop() == 0)
        world_.coturn.stop()
