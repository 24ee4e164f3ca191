"""A room and its musicians: `tutti serve` on one host, `tutti jam` on others, each with a JACK server of its own."""
import json
import statistics
from dataclasses import dataclass

import hostclock
import world
from program import Program
from sound import ClickRecorder, JackServer, percentile
from tutti import executable

SETTLING = 2_000_000  # µs after a dropout of a sound server in which a delay still moves


class Speaker(Program):
    """Anything that says one JSON object a line."""

    def __init__(self, name, argv, env=None):
        self.said = []
        super().__init__(name, argv, env)

    def hear(self, line):
        self.said.append(json.loads(line[1]))

    def events(self, kind):
        return [word for word in list(self.said) if word.get("event") == kind]

    def wait_for_event(self, kind, seconds=10):
        event = hostclock.wait_until(lambda: self.events(kind) or not self.is_running(), seconds)
        if event and self.events(kind):
            return self.events(kind)[-1]
        raise RuntimeError(f"{self.name} never said '{kind}'\n{self.said}\n{self.complaints()}")


def home(host):
    """Where a program of this host keeps what it remembers."""
    return {"XDG_CONFIG_HOME": f"/dev/shm/{host.name}", "XDG_STATE_HOME": f"/dev/shm/{host.name}"}


class Serve(Speaker):
    """The room's host: directory and forwarder."""

    def __init__(self, host, room="stage", *flags, http=0, udp=0):
        super().__init__("serve", host.command(
            executable(), "serve", "--json", "--listen", host.address(), "--http-port", str(http),
            "--udp-port", str(udp), "--room", room, *flags), home(host))
        self.listening = self.wait_for_event("listening")
        self.invitation = self.wait_for_event("room")["invite"]
        self._again = host, room, flags

    def start_again(self):
        """On the same ports, with the same key, and without memory."""
        host, room, flags = self._again
        http = int(self.listening["http"].rsplit(":", 1)[1])
        return Serve(host, room, *flags, http=http, udp=self.listening["udp"])


class Member(Speaker):
    """A musician without a window."""

    def __init__(self, host, invitation, name, *flags, env=None):
        self.player = name
        super().__init__(f"jam-{name}", host.command(executable(), "jam", invitation, "--json", "--name", name, *flags),
                         {**(env or {}), **home(host)})

    def hears(self, name):
        """What was said last of another player, second for second."""
        return [word for word in list(self.said) if word.get("player") == name and "delayMs" in word]

    def players(self):
        """Names on the strips, as was said last."""
        said = list(self.said)
        own = [i for i, word in enumerate(said) if word.get("event") == "own"]
        if len(own) < 2:
            return []
        return sorted(word["player"] for word in said[own[-2]:own[-1]] if "player" in word)

    def wait_to_hear(self, name, seconds=15):
        return hostclock.wait_until(lambda: self.hears(name), seconds)

    def leave(self):
        return self.stop()


class Jam(Member):
    """On a JACK server of their own."""

    def __init__(self, host, invitation, name, *flags, frames=64, server=None):
        self.server = server or JackServer(frames=frames)
        super().__init__(host, invitation, name, "--device", "jack", "--jack-server", self.server.name,
                         "--frames", str(frames), *flags, env=self.server.env)
        self.wait_for_event("joined", 20)

    def leave(self):
        status = self.stop()
        self.server.stop()
        return status


class Paced(Member):
    """On no device but a steady clock, with a tone for an instrument."""

    def __init__(self, host, invitation, name, *flags, frames=128, hz=1500):
        super().__init__(host, invitation, name, "--device", "paced", "--frames", str(frames),
                         "--input", f"tone:{hz}", *flags)
        self.wait_for_event("joined", 20)


class Ear(Speaker):
    """Follows how loud a sine is in what a JACK port plays."""

    def __init__(self, server, port="tutti:out_1", hz=1000, seconds=300):
        super().__init__("ear", [world.built("listener"), "--follow", "--hz", str(hz), "--seconds", str(seconds), port],
                         server.env)

    def usual(self, seconds=2):
        """The amplitude from now on, when nothing happens; 0 if nothing is heard."""
        since = hostclock.micros()
        hostclock.wait_until(lambda: self.said and self.said[-1]["t"] > since + seconds * 1e6, seconds + 5)
        levels = [word["amplitude"] for word in list(self.said) if word["t"] > since]
        return statistics.median(levels) if levels else 0.0

    def is_good_from(self, since, usual):
        """When the sine was as loud as usual for a while (150 ms) for the first time since then; None: not yet."""
        words = [word for word in list(self.said) if word["t"] - 50_000 >= since]
        good = [abs(word["amplitude"] - usual) < 0.15 * usual for word in words]
        found = (i for i in range(len(words) - 2) if all(good[i:i + 3]))
        first = next(found, None)
        return None if first is None else words[first]["t"] - 50_000

    def wait_until_good(self, since, usual, seconds):
        """Seconds from `since` until the sound was as usual; None: it never came."""
        at = hostclock.wait_until(lambda: self.is_good_from(since, usual), seconds, 0.05)
        return (at - since) / 1e6 if at else None

    def missing(self, since, usual):
        """Seconds in which it was not as loud as usual."""
        return sum(0.05 for word in list(self.said) if word["t"] > since and word["amplitude"] < 0.85 * usual)


class Rehearsal:
    """One plays (a sine, and clicks), the other is listened to."""

    def __init__(self, player, hearer, *, warm_up=6):
        self.player, self.hearer = player, hearer
        self._musician = Program("musician", [world.built("musician"), "tutti:in_1", "tutti:in_2"], player.server.env)
        self._musician.wait_for_line(lambda line: "ready" in line, 5, "his instrument")
        hostclock.wait_until(lambda: False, warm_up)
        self._played = ClickRecorder(player.server, clicks="musician:clicks")
        self._heard = ClickRecorder(hearer.server, clicks="tutti:out_2")

    def listen(self, seconds):
        """{"since": µs, "delays": [ms, …], "glitches": [...], "snrDb": …, "xrunsAt": [µs, …]}"""
        since = hostclock.micros()
        listener = Speaker("listener", [world.built("listener"), "--seconds", str(seconds), "tutti:out_1"],
                           self.hearer.server.env)
        listener.wait(seconds + 20)
        review = listener.said[-1]
        played, heard = self._played.clicks("clicks", since), self._heard.clicks("clicks", since)
        review["clicks"] = delays(played, heard)
        review["delays"] = [ms for _, ms in review["clicks"]]
        review["devicesMs"] = self._played.capture_ms + self._heard.playback_ms
        review["since"] = since
        xruns = [x for r in (self._played, self._heard) for x in r.xruns]
        review["xrunsAt"] = [x for x in xruns if x >= since]
        review["drowned"] = self._played.drowned(since) or self._heard.drowned(since)
        review["unrestAt"] = [x for x in xruns if x >= since - SETTLING]
        return review

    def end(self):
        for program in (self._heard, self._played, self._musician):
            program.stop()


def delays(played, heard, longest=150_000):
    """(µs at which it was heard, ms since it was played) of each click that was."""
    found = []
    for click in played:
        later = [other.t for other in heard if 0 <= other.t - click.t < longest]
        if later:
            found.append((min(later), (min(later) - click.t) / 1000))
    return found


@dataclass
class Sum:
    """In ms: by how much more the shown parts of the delay were than what was heard, and how far off they may be."""
    error: float
    bound: float


def sums(review, words):
    """For each second in which no sound server dropped out.

    What was heard is from port to port: what the servers say of their devices comes on top.
    """
    found = []
    for before, word in zip(words, words[1:]):
        if any(before["t"] - SETTLING < xrun <= word["t"] for xrun in review["unrestAt"]):
            continue
        heard = [ms for t, ms in review["clicks"] if before["t"] < t <= word["t"]]
        if heard:
            error = word["delayMs"]["total"] - statistics.median(heard) - review["devicesMs"]
            found.append(Sum(error, word["clockBoundMs"] or 0))
    return found


def summary(review):
    ms = review["delays"]
    if not ms:
        return f"nothing was heard; {len(review['xrunsAt'])} xruns"
    return (f"delay median {statistics.median(ms):.2f} ms, p99 {percentile(ms, 0.99):.2f} ms (n={len(ms)}); "
            f"{len(review['glitches']) * 60 / review['seconds']:.1f} glitches a minute, S/N {review['snrDb']:.0f} dB; "
            f"{len(review['xrunsAt'])} xruns")
