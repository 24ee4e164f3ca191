"""Audio endpoints in a LAN: two servers and three clients at once, one server at 44.1 kHz; one client comes late, one goes."""
import socket

import world

world.enter("ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from endpoint_box import Endpoint, expect_tone  # noqa: E402
from story import Story  # noqa: E402

FOUND_WITHIN = 300_000  # µs
LOSS_NOTICED_WITHIN = 500_000
PLACES_OF_ONE = 8  # callers from one address


def meet(story, hosts):
    """Stage takes sound too; Booth is at 44.1 kHz."""
    stage = Endpoint(hosts["stage"], "Stage", "--serve", "--offer", "Pair/2/i24=tone:500", "--take", "Monitor")
    booth = Endpoint(hosts["booth"], "Booth", "--serve", "--offer", "Voice/1/u16=tone:700", rate=44_100)
    ana = Endpoint(hosts["ana"], "Ana", "--connect", "Stage", "--connect", "Booth", "--input", "tone:900")
    ben = Endpoint(hosts["ben"], "Ben", "--connect", "Booth")
    for client, server in ((ana, "Stage"), (ana, "Booth"), (ben, "Booth")):
        found = client.wait_for("found", server)
        if not story.expect(f"{client.name} finds {server}", found):
            continue
        took = found[0]["t"] - client.ready["t"]
        story.expect_in_time(f"within {FOUND_WITHIN // 1000} ms", took <= FOUND_WITHIN, f"{took / 1000:.0f} ms")
        story.expect("and its streams run", client.wait_for("started", server))
    return stage, booth, ana, ben


def fill(host, server, address):
    """Callers that say nothing: each keeps a place until the server has waited long enough."""
    idle = [host.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(PLACES_OF_ONE)]
    for caller in idle:
        caller.connect((address, server.ready["port"]))
    return idle


def refusals(story, hosts, booth):
    idle = fill(hosts["ben"], booth, hosts["booth"].address())
    late = Endpoint(hosts["ben"], "Late", "--connect", f"{hosts['booth'].address()}:{booth.ready['port']}")
    title = f"{hosts['booth'].address()}:{booth.ready['port']}"
    left = late.wait_for("left", title, 5)
    story.expect("a caller too many is told so", left and "as many clients as it can serve" in left[0]["text"],
                 left and left[0]["text"])
    story.expect("on stderr too", "as many clients as it can serve" in late.complaints(), late.complaints())
    story.expect("and gets in when there is a place", late.wait_for("started", title, 10))
    for caller in idle:
        caller.close()
    late.stop()

    slow = Endpoint(hosts["stage"], "Slow", "--serve", "--offer", "Old=tone:500", rate=8_000)
    fast = Endpoint(hosts["ben"], "Fast", "--connect", "Slow", rate=192_000)
    status = fast.wait(10)
    refused = fast.told("refused", "Slow")
    story.expect("a device that cannot keep up refuses, and says why",
                 refused and "8000 Hz" in refused[0]["text"] and "192000 Hz" in refused[0]["text"],
                 refused and refused[0]["text"])
    story.expect("that is the end: status 1, and the reason on stderr", status == 1 and "8000 Hz" in fast.complaints(),
                 f"{status} {fast.complaints()!r}")
    told = slow.wait_for("refused", "Fast")
    story.expect("the server is told the same", told and told[0]["text"] == refused[0]["text"])
    slow.stop()


def tell(story):
    hosts = {name: lan.Host(name) for name in ("stage", "booth", "ana", "ben", "cara")}
    network = lan.Switch(*hosts.values())
    story.chapter("two servers, two clients")
    stage, booth, ana, ben = meet(story, hosts)

    story.chapter("one comes late, one goes")
    hostclock.wait_until(lambda: False, 3)
    cara = Endpoint(hosts["cara"], "Cara", "--connect", "Booth", "--connect", "Stage", "--input", "tone:1300")
    story.expect("the streams of both run", cara.wait_for("started", "Stage") and cara.wait_for("started", "Booth"))
    story.expect("who goes leaves cleanly", ben.stop() == 0)
    story.expect("and the server is told", booth.wait_for("left", "Ben"))
    hostclock.wait_until(lambda: False, 8)  # the clocks are found, and three seconds are written

    story.chapter("what is heard")
    for who, stream, hertz in ((ana, "Stage Pair", 500), (ana, "Booth Voice", 700), (cara, "Stage Pair", 500),
                               (cara, "Booth Voice", 700), (stage, "Ana Monitor", 900), (stage, "Cara Monitor", 1300)):
        expect_tone(story, who, stream, hertz)
    for who in (ana, cara, stage):
        for peer in who.peers().values():
            for stream in peer["streams"]:
                story.note(f"{who.name} of {peer['name']}: {stream}")
    story.expect("a stream at 44.1 kHz says so", [stream["rate"] for stream in ana.peers()["Booth"]["streams"]] == [44100.0])

    story.chapter("a server dies")
    died = hostclock.micros()
    stage.kill()
    for who in (ana, cara):
        left = who.wait_for("left", "Stage", 5)
        if story.expect(f"{who.name} notices", left):
            took = left[0]["t"] - died
            story.expect_in_time(f"within {LOSS_NOTICED_WITHIN // 1000} ms", took <= LOSS_NOTICED_WITHIN, f"{took / 1000:.0f} ms")
            story.note(left[0]["text"])
    hostclock.wait_until(lambda: False, 4)
    for who in (ana, cara):
        expect_tone(story, who, "Booth Voice", 700)

    story.chapter("a client dies")
    died = hostclock.micros()
    cara.kill()
    left = booth.wait_for("left", "Cara", 5)
    if story.expect("the server notices", left):
        took = left[0]["t"] - died
        story.expect_in_time(f"within {LOSS_NOTICED_WITHIN // 1000} ms", took <= LOSS_NOTICED_WITHIN, f"{took / 1000:.0f} ms")

    story.chapter("who is not let in hears why")
    refusals(story, hosts, booth)

    story.chapter("the server comes back")
    stage = Endpoint(hosts["stage"], "Stage", "--serve", "--offer", "Pair/2/i24=tone:500", "--take", "Monitor")
    story.expect("and is used again by itself",
                 hostclock.wait_until(lambda: len(ana.told("started", "Stage")) == 2, 10))

    story.chapter("a cable is pulled")
    hostclock.wait_until(lambda: False, 2)
    before = len(ana.told("left", "Stage"))
    pulled = hostclock.micros()
    network.unplug(hosts["stage"])
    left = hostclock.wait_until(lambda: ana.told("left", "Stage")[before:], 5)
    if story.expect("the client notices", left):
        took = left[0]["t"] - pulled
        story.expect_in_time(f"within {LOSS_NOTICED_WITHIN // 1000} ms", took <= LOSS_NOTICED_WITHIN, f"{took / 1000:.0f} ms")
        story.expect("by the silence", "silent" in left[0]["text"], left[0]["text"])
    for who in (ana, booth, stage):
        story.expect(f"{who.name} leaves cleanly", who.stop() == 0)


if __name__ == "__main__":
    with Story("audio endpoints in a LAN") as story:
        tell(story)
