"""Many members of a few rooms, each a connection that polls, as a server sees them."""
import hostclock
import world
from band import Speaker

LEASE = 15  # s


class Crowd(Speaker):
    """Says each second how its members are. Those of different quarters have other rooms, and other homes."""

    def __init__(self, members, seconds, ports, quarter=0):
        self.size = members
        super().__init__(f"crowd-{quarter}", [world.built("crowd"), str(quarter), str(members), str(seconds), *map(str, ports)])

    def now(self):
        said = list(self.said)
        return said[-1] if said else {}

    def wait(self, holds, seconds):
        return hostclock.wait_until(lambda: self.said and holds(self.now()), seconds)

    def is_whole(self):
        """Whether all are in, and each has seen its whole room within a lease."""
        now = self.now()
        if not now:
            return False
        fewest = self.size // len(now["forwarders"])  # those of a room
        return now["members"] == self.size and now["smallestRoster"] >= fewest and now["quietestMs"] < LEASE * 1000
