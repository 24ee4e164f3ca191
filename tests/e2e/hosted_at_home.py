"""A room that is hosted at home: the router is asked for a port, a server elsewhere tries it, and a musician outside
joins by the invitation that comes of it. Where the router does not want to, the host is told what to do."""
import os
import sys

import world

world.enter("ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve, Speaker, home  # noqa: E402
from nat import Home, Internet  # noqa: E402
from stage import StageBox  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

BOX = os.path.join(os.path.dirname(os.path.abspath(__file__)), "router_box.py")


class Flat:
    """A home behind a router that lets nobody in, unless it is asked to."""

    def __init__(self, internet, name, kind="port-restricted"):
        self.home = Home(internet, name, kind)
        self.laptop = lan.Host(name)
        self.home.plug(self.laptop)
        self.own = f"{self.home.prefix}.2"
        self.outside = self.home.router.address()
        if kind != "double":
            self.home.router.run("nft", "add", "rule", "ip", "walls", "passing", "ct", "status", "dnat", "accept")

    def box(self, *flags):
        """The router's willing part."""
        box = Speaker("router-box", self.home.router.command(
            sys.executable, "-B", BOX, "--inside", f"{self.home.prefix}.1", "--outside", self.outside,
            "--interface", "lan0", *flags))
        box.wait_for_event("ready")
        return box

    def serve(self, *flags):
        return HomeServe(self, *flags)


class HomeServe(Speaker):
    """`tutti serve --at-home` on the laptop."""

    def __init__(self, flat, *flags):
        super().__init__("serve-at-home", flat.laptop.command(
            executable(), "serve", "--json", "--listen", flat.own, "--http-port", "0", "--udp-port", "0",
            "--room", "attic", "--at-home", *flags), home(flat.laptop))
        self.listening = self.wait_for_event("listening")
        self.invitation = self.wait_for_event("room")["invite"]

    def reach(self, *states, seconds=30):
        """The first word about it that is one of these; nothing if there is none in time."""
        def found():
            return next((word for word in self.events("reach") if word["state"] in states), None)
        return hostclock.wait_until(found, seconds) or found()


def opened(box, event="opened"):
    return sorted(word["protocol"] for word in box.events(event))


def joined_from_outside(story, flat, outside, serve, reach):
    """Ana at home by the usual invitation, ben outside by the other one; each plays."""
    story.expect("the invitation leads to the router", f"//{flat.outside}:" in reach["invite"], reach["invite"].split("#")[0])
    ana = StageBox(flat.laptop, serve.invitation, "ana", "--input", "tone:440")
    ben = StageBox(outside, reach["invite"], "ben", "--input", "tone:660")
    heard = [ana.wait_to_hear("ben"), ben.wait_to_hear("ana")]
    story.expect("ana at home and ben outside hear each other", None not in heard, heard)
    story.note(f"by way of: {ben.hears('ana')[-1]['path'] if ben.hears('ana') else 'none'}")
    story.expect("both leave cleanly", [ana.stop(), ben.stop()] == [0, 0], ana.complaints() + ben.complaints())


def willing_router(story, flat, known, outside, language, *flags):
    story.chapter(f"a router that opens ports by {language} {' '.join(flags)}")
    box = flat.box("--speak", language, *flags)
    serve = flat.serve("--tested-by", known.listening["address"])
    reach = serve.reach("open", "closed", "untested")
    story.expect("somebody outside has got in", reach and reach["state"] == "open", reach)
    story.expect("both ports were opened", opened(box) == ["tcp", "udp"], box.said)
    if reach and reach["state"] == "open":
        joined_from_outside(story, flat, outside, serve, reach)
    story.expect("the server leaves cleanly", serve.stop() == 0, serve.complaints())
    story.expect("and its ports are closed behind it",
                 hostclock.wait_until(lambda: opened(box, "closed") == ["tcp", "udp"], 3), box.said)
    box.stop()


def unwilling_router(story, flat, known):
    story.chapter("a router that denies")
    box = flat.box("--deny")
    serve = flat.serve("--tested-by", known.listening["address"])
    reach = serve.reach("open", "closed", "untested")
    story.expect("nobody gets in, and why is told", reach and (reach["state"], reach["why"]) == ("closed", "denied"), reach)
    story.expect("which ports to open by hand as well", reach and reach["tcp"] > 0 and reach["udp"] == serve.listening["udp"], reach)
    story.expect("there is no invitation for others", reach and reach["invite"] is None, reach)
    story.expect("it leaves cleanly", serve.stop() == 0, serve.complaints())
    words = flat.laptop.command(executable(), "serve", "--listen", flat.own, "--http-port", "0", "--udp-port", "0",
                                "--at-home", "--tested-by", known.listening["address"], "--duration", "20")
    talk = Talk("serve-in-words", words, home(flat.laptop))
    line = talk.wait_for_line(lambda text: text.startswith("Only this network gets in"), 30, "the cure")
    story.expect("in words, too", "set up not to open ports" in line and "forward TCP port" in line, line)
    talk.stop()
    box.stop()


class Talk(Speaker):
    """The same for people."""

    def hear(self, line):
        self.said.append(line[1])


def double_router(story, internet, known):
    story.chapter("a router behind another one")
    flat = Flat(internet, "cora", "double")
    inner = flat.home._last  # pylint: disable=protected-access
    box = Speaker("inner-box", inner.command(
        sys.executable, "-B", BOX, "--inside", f"{flat.home.prefix}.1", "--outside", f"100.64.{inner.number}.2",
        "--interface", "lan0"))
    box.wait_for_event("ready")
    inner.run("nft", "add", "rule", "ip", "walls", "passing", "ct", "status", "dnat", "accept")
    serve = flat.serve("--tested-by", known.listening["address"])
    reach = serve.reach("open", "closed", "untested")
    story.expect("is told as that", reach and (reach["state"], reach["why"]) == ("closed", "behind-another"), reach)
    story.expect("it leaves cleanly", serve.stop() == 0, serve.complaints())
    box.stop()


if __name__ == "__main__":
    with Story("a room hosted at home") as story:
        server, outside = lan.Host("server"), lan.Host("ben")
        internet = Internet(server, outside)
        known = Serve(server)
        flat = Flat(internet, "ana")
        willing_router(story, flat, known, outside, "pcp")
        willing_router(story, flat, known, outside, "nat-pmp", "--shift", "1000")
        willing_router(story, flat, known, outside, "upnp")
        unwilling_router(story, flat, known)
        double_router(story, internet, known)
        story.expect("the known server leaves cleanly", known.stop() == 0)
