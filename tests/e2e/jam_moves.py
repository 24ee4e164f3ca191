"""A musician's laptop is carried to another network, and back, while the room plays on."""
import world

world.enter("ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from nat import Home, Internet  # noqa: E402
from stage import StageBox  # noqa: E402
from story import Story  # noqa: E402

HEARD_WITHIN, DIRECT_WITHIN = 3.0, 6.0  # s from when there is a network again
AWAY = 1.0  # s between two networks


class Laptop:
    """With a cable in one network and an antenna in another; one at a time."""

    def __init__(self, host, at_home, away):
        self.host = host
        self._networks = {"lan0": at_home, "wifi0": away}
        for interface, network in reversed(self._networks.items()):
            network.plug(host, interface)
        host.ip("link", "set", "wifi0", "down")

    def carry(self, here, there):
        """Answers when it is there."""
        self.host.ip("link", "set", here, "down")
        hostclock.wait_until(lambda: False, AWAY)
        self.host.ip("link", "set", there, "up")
        self._networks[there].route(self.host)
        return hostclock.micros()


def seconds_until(holds, since, seconds=15):
    return (hostclock.micros() - since) / 1e6 if hostclock.wait_until(holds, seconds, 0.02) else None


def by(path, *directions):
    """Each hears the other in this way, as they said last."""
    return all(hearer.hears(name)[-1]["heard"] and hearer.hears(name)[-1]["path"] == path for hearer, name in directions)


def is_never_gone(hearer, name, since):
    """The strip stays: there is a word of it each second."""
    times = [word["t"] for word in hearer.hears(name, since)]
    return times and max(b - a for a, b in zip(times, times[1:])) < 2.5e6


def carried(story, laptop, here, there, ana, ben, path):
    directions = ((ana, "ben"), (ben, "ana"))
    left = hostclock.micros()
    arrived = laptop.carry(here, there)
    heard = [seconds_until(lambda: any(word["heard"] for word in hearer.hears(name, arrived + 1e6)[-1:]), arrived)
             for hearer, name in directions]
    story.expect_in_time(f"both hear each other within {HEARD_WITHIN:.0f} s", all(s is not None and s <= HEARD_WITHIN for s in heard), heard)
    found = seconds_until(lambda: by(path, *directions), arrived)
    story.expect_in_time(f"'{path}' within {DIRECT_WITHIN:.0f} s", found is not None and found <= DIRECT_WITHIN, found)
    hostclock.wait_until(lambda: False, 2)
    story.expect("ben never lost sight of ana", is_never_gone(ben, "ana", left))
    story.expect("nor ana of ben", is_never_gone(ana, "ben", left))


if __name__ == "__main__":
    with Story("a laptop changes networks") as story:
        server, ana_host, ben_host = (lan.Host(name) for name in ("server", "ana", "ben"))
        internet = Internet(server)
        flat, cafe, bens = (Home(internet, name, kind) for name, kind in (
            ("flat", "port-restricted"), ("cafe", "port-restricted"), ("bens", "port-restricted")))
        laptop = Laptop(ana_host, flat, cafe)
        bens.plug(ben_host)
        serve = Serve(server)
        ana = StageBox(ana_host, serve.invitation, "ana", "--input", "tone:440")
        ben = StageBox(ben_host, serve.invitation, "ben", "--input", "tone:330")
        story.expect("they play directly", seconds_until(lambda: ana.hears("ben") and ben.hears("ana") and by(
            "direct", (ana, "ben"), (ben, "ana")), hostclock.micros()))
        story.chapter("from the cable at home to the antenna in a café")
        carried(story, laptop, "lan0", "wifi0", ana, ben, "direct")
        story.chapter("and home again")
        carried(story, laptop, "wifi0", "lan0", ana, ben, "direct")
        story.expect("they leave cleanly", [one.stop() for one in (ana, ben)] == [0, 0])
        story.expect("the server as well", serve.stop() == 0)
