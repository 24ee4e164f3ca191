"""Strangers shout at a room's server: junk, and checks behind addresses that are not theirs. The music goes on."""
import argparse
import json
import os
import statistics
import subprocess

import world

world.enter("ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from process_watch import descriptors, resident_kilobytes  # noqa: E402
from stage import StageBox, Toll, capture, keep_apart  # noqa: E402
from story import Story  # noqa: E402

RATE = 200_000  # packets a second: junk and checks together
VICTIM = 9999  # a port
COOKIE_OF_STUN = b"\x21\x12\xa4\x42"
MEDIA = "@th,64,2 2"  # the first two bits behind the UDP head: RTP's version
AT_ONCE, A_SECOND = 250, 125  # answers: to all strangers together 200 and 100, for addresses new to a member 50 and 25


def shout(host, *words):
    done = subprocess.run(host.command(world.built("heckler"), *words), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


class Room:
    """A server, ana who plays, ben who hears her through it; a heckler and a victim on the same segment."""

    def __init__(self):
        names = ("server", "ana", "ben", "cora", "heckler", "victim")
        self.server, self.ana_host, self.ben_host, self.cora_host, self.heckler, self.victim = map(lan.Host, names)
        self.switch = lan.Switch(self.server, self.ana_host, self.ben_host, self.cora_host, self.heckler, self.victim)
        keep_apart(self.switch, self.ana_host, self.ben_host, self.cora_host)
        self.serve = Serve(self.server)
        self.port = self.serve.listening["udp"]
        self.door = f"{self.server.address()}:{self.port}"
        self.ana = StageBox(self.ana_host, self.serve.invitation, "ana", "--input", "tone:440")
        self.ben = StageBox(self.ben_host, self.serve.invitation, "ben")
        members = "{ " + ", ".join(h.address() for h in (self.ana_host, self.ben_host, self.cora_host)) + " }"
        self.toll = Toll(self.server, came=("in", f"udp dport {self.port} ip saddr != {members}"),
                         left=("out", f"udp sport {self.port} ip daddr != {members}"))
        self.at_victim = Toll(self.victim, anything=("in", "meta l4proto udp"), media=("in", f"meta l4proto udp {MEDIA}"))

    def check_of_ana(self):
        """As somebody else on her Wi-Fi could have seen it: sealed, and with the cookie of her address."""
        def is_hers(source, target, payload):
            return source[0] == self.ana_host.address() and target[1] == self.port and payload[4:8] == COOKIE_OF_STUN
        return capture(self.server, is_hers)

    def seconds(self, since):
        return [word for word in self.serve.events("second") if word["t"] >= since]

    def forwarding_p99(self, since):
        """µs: of the seconds since then the typical one."""
        told = [word["delayP99Us"] for word in self.seconds(since) if word["delayP99Us"]]
        return statistics.median(told) if told else float("nan")

    def lost(self, since):
        """% of what ana played and ben should have got: the worst of the ten-second windows that began since then."""
        told = self.ben.hears("ana", since + 10e6)
        return max((word["lossPct"] for word in told), default=float("nan"))


def datagrams(host):
    """That came to its sockets, read or not: UDP of all ports, cut up."""
    names, numbers = [line.split()[1:] for line in host.run("cat", "/proc/net/snmp").splitlines() if line.startswith("Udp:")]
    counts = dict(zip(names, map(int, numbers)))
    return counts["InDatagrams"] + counts["InErrors"]


def replayed(story, room, check):
    """A captured check with a victim's address makes nobody send to the victim."""
    story.chapter("a captured check, played back with a victim's address")
    told = shout(room.heckler, "--to", room.door, "--from", f"{room.victim.address()}:{VICTIM}", "--check", check,
                 "--rate", "2000", "--seconds", "3")
    hostclock.wait_until(lambda: False, 1)
    seen = room.at_victim.read()
    story.expect("no sound goes to the victim", seen["media"][0] == 0, seen)
    most = AT_ONCE + A_SECOND * 5
    story.expect(f"of {told['checks']} checks at most {most} are answered", seen["anything"][0] <= most, seen["anything"])
    story.expect("ben hears ana all the same", room.ben.wait_to_hear("ana", 3))


def shower(story, room, check, seconds):
    story.chapter(f"{RATE} packets a second of junk and spoofed checks, for {seconds} s")
    before_bytes, before_memory = room.toll.read(), resident_kilobytes(room.serve.pid)
    before_datagrams = datagrams(room.server)
    files, since = descriptors(room.serve.pid), hostclock.micros()
    told = shout(room.heckler, "--to", room.door, "--spoof", "10.77.0.", "--check", check,
                 "--rate", str(RATE), "--seconds", str(seconds))
    story.note(f"reached {told['rate']:.0f} packets a second: {told['junk']} of junk, {told['checks']} checks")
    during = room.forwarding_p99(since)
    lost = room.lost(since)
    hostclock.wait_until(lambda: False, 2)
    came, left = (tuple(b - a for a, b in zip(before_bytes[name], room.toll.read()[name])) for name in ("came", "left"))
    dropped = room.seconds(since)[-1]["dropped"]
    reached = datagrams(room.server) - before_datagrams
    story.note(f"at the server: {reached} datagrams came, {left[0]} went to strangers; dropped: {dropped}")
    story.expect("they did reach the server", reached > 0.9 * (told["junk"] + told["checks"]), reached)
    story.expect("no more bytes go to strangers than come from them", left[1] <= came[1], f"{left[1]} of {came[1]}")
    story.expect("no descriptor more", descriptors(room.serve.pid) == files)
    grown = resident_kilobytes(room.serve.pid) - before_memory
    story.expect("the server's memory does not grow", grown < 1024, f"{grown} kB")
    return during, lost


def quiet(story, room, seconds):
    story.chapter(f"{seconds} s without strangers")
    since = hostclock.micros()
    hostclock.wait_until(lambda: False, seconds)
    story.note(f"forwarded within {room.forwarding_p99(since):.0f} µs (p99); lost {room.lost(since):.3f} %")
    return room.forwarding_p99(since), room.lost(since)


def newcomers(story, room, away, after):
    story.chapter(f"who joins after {after:.0f} s, and who comes back after {away} s away")
    cora = StageBox(room.cora_host, room.serve.invitation, "cora", "--input", "tone:330")
    story.expect_in_time("cora hears ana at once", (took := cora.wait_to_hear("ana", 3)), f"{took} s")
    story.expect_in_time("ben hears cora at once", (took := room.ben.wait_to_hear("cora", 3)), f"{took} s")
    story.expect("all through the forwarder", cora.hears("ana")[-1]["path"] == "forwarder", cora.hears("ana")[-1]["path"])
    room.ben_host.ip("link", "set", "lan0", "down")
    hostclock.wait_until(lambda: False, away)
    story.expect("nobody hears who is away", not cora.hears("ben")[-1:] or not cora.hears("ben")[-1]["heard"])
    room.ben_host.ip("link", "set", "lan0", "up")
    story.expect_in_time("back, ben hears ana within 3 s", (took := room.ben.wait_to_hear("ana", 3)), f"{took} s")
    story.expect_in_time("and is heard", (took := cora.wait_to_hear("ben", 3)), f"{took} s")
    cora.stop()


def tell(story, seconds, quiet_seconds=11, away=2, join_after=0):
    """Shouting for so long; somebody away for so long; and somebody who joins so long after the beginning."""
    room = Room()
    begun = hostclock.micros()
    story.expect("ben hears ana, through the forwarder", room.ben.wait_to_hear("ana", path="forwarder"),
                 room.ben.hears("ana")[-1:])
    check = "/dev/shm/check"
    captured = room.check_of_ana()
    if story.expect("a check of hers is seen on the wire", captured):
        with open(check, "wb") as file:
            file.write(captured[0])
        replayed(story, room, check)
        p99_before, lost_before = quiet(story, room, quiet_seconds)
        p99, lost = shower(story, room, check, seconds)
        story.expect_in_time("at most 0.1 % more is lost", lost - lost_before <= 0.1, f"{lost:.3f} %, before {lost_before:.3f} %")
        story.note(f"forwarded within {p99:.0f} µs (p99), before {p99_before:.0f} µs")
    hostclock.wait_until(lambda: hostclock.micros() - begun >= join_after * 1e6, join_after)
    newcomers(story, room, away, (hostclock.micros() - begun) / 1e6)
    for one in (room.ana, room.ben):
        one.stop()
    story.expect("the server leaves cleanly", room.serve.stop() == 0, room.serve.complaints()[-300:])
    os.remove(check)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=int, default=12, help="of shouting")
    with Story("strangers shout at a room") as story:
        tell(story, words.parse_args().seconds)
