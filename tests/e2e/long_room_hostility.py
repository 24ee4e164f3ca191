"""Strangers shout at a room for a minute; somebody joins after five, and somebody comes back after one (spec room R-5)."""
import world

world.enter("ip", "nft")

from room_hostility import tell  # noqa: E402
from story import Story  # noqa: E402

if __name__ == "__main__":
    with Story("strangers shout at a room, at length") as story:
        tell(story, 60, quiet_seconds=30, away=60, join_after=300)
