"""A place with Link programs of its own, and a box that bridges them to a room."""
import lan
from band import Speaker, home
from hut import Hut
from tutti import Tutti, executable


class LinkBridge(Speaker):
    """`tutti bridge --json` on a host; what it said last of all sites is `second`."""

    def __init__(self, host, invitation, name, *flags):
        super().__init__(f"bridge-{name}", host.command(
            executable(), "bridge", invitation, "--json", "--name", name, "--interface", "lan0", *flags), home(host))
        self.joined_at = self.wait_for_event("joined", 20)["t"]

    def seconds(self, since=0.0):
        return [word for word in list(self.said) if "sites" in word and word["t"] >= since]

    @property
    def second(self):
        seconds = self.seconds()
        return seconds[-1] if seconds else {"sites": []}

    def site(self, name):
        return next((site for site in self.second["sites"] if site["name"] == name), None)

    def notices(self, since=0.0):
        return [word["text"] for word in self.events("notice") if word["t"] >= since]


class Studio:
    """One LAN: LinkHut, `tutti link`, and the box, which alone has a second interface to the world, `wan0`."""

    def __init__(self, name, subnet, server):
        self.name = name
        self.stage, self.desk, self.box = (lan.Host(f"{name}-{part}") for part in ("stage", "desk", "box"))
        lan.Switch(self.stage, self.desk, self.box, subnet=subnet)
        self._server = server

    def play(self, bpm):
        """Its programs find each other; LinkHut, which was first, has the say about the tempo."""
        self.hut = Hut(self.stage, self._server)
        self.hut.set_tempo(bpm)
        self.hut.enable()
        self.hut.follow()
        self.tutti = Tutti(self.desk, "--sync")
        self.programs = [self.hut, self.tutti]

    def bridge(self, invitation, *flags):
        self.bridging = LinkBridge(self.box, invitation, self.name, *flags)
        return self.bridging
