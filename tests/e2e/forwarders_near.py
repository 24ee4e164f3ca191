"""Two servers share a room, one of them far from everybody: the near one carries its sound, and when it dies the far one does."""
import os

import world

world.enter("redis-server", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Paced, Speaker, home  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

FAR = 40  # ms there; back is as quick as ever
STORE = "unix:///dev/shm/redis/sock"
LEASE = 15  # s


class Redis(Program):
    """Reached by its socket from every host: they share the file system."""

    def __init__(self):
        os.makedirs("/dev/shm/redis", exist_ok=True)
        super().__init__("redis", ["redis-server", "--port", "0", "--unixsocket", "/dev/shm/redis/sock", "--save", "",
                                   "--appendonly", "no", "--dir", "/dev/shm/redis"])
        self.wait_for_line(lambda text: "eady to accept connections" in text, 10, "its socket")


class Server(Speaker):
    """All have one key and share their rooms."""

    def __init__(self, host, *flags):
        super().__init__("serve", host.command(
            executable(), "serve", "--json", "--listen", host.address(), "--forwarder-address", host.address(),
            "--http-port", "7885", "--udp-port", "7885", "--state", "/dev/shm/state", "--no-announce", "--store", STORE,
            *flags), home(host))
        self.wait_for_event("listening", 20)


def keep_apart(one, other):
    """They reach the servers, not each other."""
    for here, there in ((one, other), (other, one)):
        here.run("sysctl", "-qw", "net.ipv6.conf.lan0.disable_ipv6=1")
        here.ip("route", "add", "blackhole", there.address())


def round_trips(players):
    """ms, as each says of the other, by way of the forwarder; nothing while somebody does not hear."""
    said = []
    for one, other in (players, reversed(players)):
        words = one.hears(other.player)
        word = words[-1] if words and hostclock.micros() - words[-1]["t"] < 2e6 else None
        if not word or word["path"] != "forwarder" or word["rttMs"] is None or not word["heard"] or \
                word["concealedPct"] > 50:
            return None
        said.append(word["rttMs"])
    return said


def expect_round_trips(story, what, players, holds, seconds):
    came = hostclock.wait_until(lambda: (said := round_trips(players)) and all(map(holds, said)), seconds, 0.2)
    story.expect(what, came, round_trips(players) or [one.said[-3:] for one in players])


if __name__ == "__main__":
    with Story("a room is carried by the server that is nearest") as story:
        hosts = near, far, ana_home, ben_home = [lan.Host(name) for name in ("near", "far", "ana", "ben")]
        wire = lan.Wire(*hosts, delay="2ms", towards={far: {"delay": f"{FAR}ms"}})
        keep_apart(ana_home, ben_home)
        redis = Redis()
        far_server = Server(far, "--room", "stage")
        near_server = Server(near)
        invitation = far_server.wait_for_event("room")["invite"]

        story.chapter("the room was opened far away")
        players = ana, ben = (Paced(ana_home, invitation, "ana"), Paced(ben_home, invitation, "ben"))
        expect_round_trips(story, "those who came by the far server hear each other by the near one", players,
                           lambda ms: ms < FAR / 2, 2 * LEASE)

        story.chapter("the near server dies")
        since = hostclock.micros()
        near_server.kill()
        expect_round_trips(story, "both hear each other by the far one", players, lambda ms: ms > FAR, 3 * LEASE)
        story.note(f"after {(hostclock.micros() - since) / 1e6:.1f} s")

        story.chapter("it is there again")
        near_server = Server(near)
        expect_round_trips(story, "and carries the room again", players, lambda ms: ms < FAR / 2, 3 * LEASE)

        for one in players:
            story.expect(f"{one.player} leaves cleanly", one.leave() == 0)
        for server in (near_server, far_server):
            story.expect("a server leaves cleanly", server.stop() == 0)
        redis.stop()
        wire.cut()
        for host in hosts:
            host.leave()
