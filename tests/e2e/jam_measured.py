"""What lies between two musicians, measured: delay, glitches, on networks good and bad (design 7)."""
import statistics
import sys

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from band import Jam, Rehearsal, Serve, summary  # noqa: E402
from story import Story  # noqa: E402

# What lies between the two musicians, and what of delay (ms, beyond the path's own) and glitches (a minute) is allowed
WIRES = {
    "an ideal wire": ({}, 0.0, 2.5, 0),
    "10 ± 1 ms": ({"delay": "10ms", "jitter": "1ms"}, 10.0, 3.8, 0),
    "10 ± 5 ms, 1 % lost": ({"delay": "10ms", "jitter": "5ms", "loss": "1%"}, 10.0, 7.5, 5),
}


def rehearse(story, what, seconds, frames):
    impairments, path, allowed, glitches = WIRES[what]
    story.chapter(f"{what}, {frames} frames")
    hosts = [lan.Host(name) for name in ("host", "ana", "ben")]
    network = lan.Wire(*hosts, **impairments) if impairments else lan.Switch(*hosts)
    serve = Serve(hosts[0])
    ana = Jam(hosts[1], serve.invitation, "ana", frames=frames)
    ben = Jam(hosts[2], serve.invitation, "ben", frames=frames)
    if story.expect("they hear of each other", ana.wait_to_hear("ben") and ben.wait_to_hear("ana")):
        rehearsal = Rehearsal(ana, ben)
        review = rehearsal.listen(seconds)
        rehearsal.end()
        story.note(summary(review))
        story.note(f"shown: {ben.hears('ana')[-1]}")
        beyond = statistics.median(review["delays"]) - path if review["delays"] else float("inf")
        story.expect(f"the delay beyond the path's own is at most {allowed} ms", beyond <= allowed, f"{beyond:.2f} ms")
        count = len(review["glitches"]) * 60 / max(review["seconds"], 1)
        quiet = review["serverXruns"] > 4  # the dummy driver's own, on a busy machine
        story.expect(f"at most {glitches} glitches a minute", quiet or count <= glitches, f"{count:.1f}")
    for one in (ana, ben):
        one.leave()
    story.expect("the server leaves cleanly", serve.stop() == 0)
    if impairments:
        network.cut()
    for host in hosts:
        host.leave()


if __name__ == "__main__":
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with Story("two musicians hear each other") as story:
        for what in WIRES:
            rehearse(story, what, seconds, 64)
        rehearse(story, "an ideal wire", seconds, 128)
