"""Musicians who play in a room bridge Link as well: the programs of their two LANs are one session (spec bridge)."""
import subprocess

import world

world.enter("ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Paced, Serve  # noqa: E402
from story import Story  # noqa: E402
from tutti import Tutti  # noqa: E402

FIELDS = ["t", "sites", "session", "tempo", "peersHere", "peersTotal"]


def keep_link_out(host):
    """The world is no LAN: nobody's discovery comes from there."""
    script = 'table inet world { chain door { type filter hook input priority 0; iifname "wan0" udp dport 20808 drop; }; }'
    subprocess.run(host.command("nft", "-f", "-"), input=script, text=True, check=True, capture_output=True)


class Home:
    """A LAN with a Link program, and a musician's machine, which alone reaches the world, by `wan0`."""

    def __init__(self, name, subnet):
        self.name = name
        self.desk, self.box = lan.Host(f"{name}-desk"), lan.Host(f"{name}-box")
        lan.Switch(self.desk, self.box, subnet=subnet)
        keep_link_out(self.box)

    def play(self, invitation, tempo, *flags):
        self.tutti = Tutti(self.desk, "--tempo", str(tempo))
        self.musician = Paced(self.box, invitation, self.name, "--bridge", *flags)

    @property
    def bridging(self):
        """What the musician's Tutti said last of the sites."""
        return next((word for word in reversed(list(self.musician.said)) if "sites" in word), {"sites": []})

    def leave(self):
        self.musician.stop()
        self.tutti.quit()


def play(story, berlin, lisbon):
    story.chapter("two musicians who bridge")
    story.expect("they hear each other", berlin.musician.wait_to_hear("lisbon") and lisbon.musician.wait_to_hear("berlin"))
    for home, other in ((berlin, lisbon), (lisbon, berlin)):
        story.expect(f"the program of {home.name} counts the other one and both musicians",
                     hostclock.wait_until(lambda home=home: home.tutti.peers == 3, 10), home.tutti.status)
        known = hostclock.wait_until(lambda home=home: [site["name"] for site in home.bridging["sites"]] == [other.name], 5)
        story.expect(f"{home.name} knows the other site", known, home.bridging)
        story.expect("in the agreed fields", list(home.bridging) == FIELDS, home.bridging)
        notices = hostclock.wait_until(lambda home=home: home.musician.events("notice"), 3)
        story.expect("and says that it came", notices and any(other.name in word["text"] for word in notices), notices)
    story.expect("it is one session", hostclock.wait_until(lambda: berlin.tutti.session == lisbon.tutti.session, 5),
                 (berlin.tutti.session, lisbon.tutti.session))
    before = berlin.tutti.tempo
    berlin.tutti.press("e")
    story.expect("a tempo crosses", lisbon.tutti.wait_for(lambda link: abs(link.tempo - before - 1) < 0.01, 5), lisbon.tutti.tempo)


def follow(story, berlin, lisbon):
    story.chapter("what a site that may only follow changes is put back")
    before, since = berlin.tutti.tempo, hostclock.micros()
    lisbon.tutti.press("e")
    lisbon.tutti.wait_for(lambda link: abs(link.tempo - before) > 0.5, 1)
    story.expect("there", lisbon.tutti.wait_for(lambda link: abs(link.tempo - before) < 0.01, 3), lisbon.tutti.tempo)
    story.expect("and never heard elsewhere", all(abs(word["tempo"] - before) < 0.01 for word in berlin.tutti.said(since)))


if __name__ == "__main__":
    with Story("a jam that bridges Link") as story:
        server = lan.Host("server")
        berlin, lisbon = Home("berlin", 1), Home("lisbon", 2)
        lan.Switch(server, berlin.box, lisbon.box, interface="wan0")
        serve = Serve(server, "stage", "--no-announce")
        berlin.play(serve.invitation, 120)
        lisbon.play(serve.invitation, 95, "--may", "follow")
        play(story, berlin, lisbon)
        follow(story, berlin, lisbon)
        for home in (berlin, lisbon):
            home.leave()
        serve.stop()
