"""How soon a block of sound is on the wire: one Tutti on a JACK server of its own, and one without, who hears it.

    jam_sends_at_once.py [--runs N] [--seconds S]

Virtual machines stand still for milliseconds; what the sound server calls an xrun is told, and such a run played again.
"""
import argparse
import statistics
import time

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from band import Jam, Paced, Serve  # noqa: E402
from story import Story  # noqa: E402

MOST_P95, MOST_P99 = 100, 250  # µs
WARM_UP = 3  # s
PATIENCE = 3


def play(seconds):
    """What one Tutti said of itself last."""
    hosts = [lan.Host(name) for name in ("host", "ben", "ana")]
    lan.Switch(*hosts)
    serve = Serve(hosts[0])
    ben = Paced(hosts[1], serve.invitation, "ben", frames=512)
    ana = Jam(hosts[2], serve.invitation, "ana", frames=64)
    time.sleep(seconds + WARM_UP)
    said = ana.events("own")[-1]
    for program in (ana, ben):
        program.leave()
    serve.stop()
    for host in hosts:
        host.leave()
    return said


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--seconds", type=int, default=30)
    asked = words.parse_args()
    with Story("a block of sound is on the wire at once") as story:
        quiet = []
        for _ in range(PATIENCE * asked.runs):
            own = play(asked.seconds)
            story.note(f"sent {own['sentUs']} µs after the device handed it out, {own['xruns']} server xruns")
            if own["xruns"] <= asked.seconds / 15:
                quiet.append(own["sentUs"])
            if len(quiet) == asked.runs:
                break
        if quiet:
            for share, most in (("p95", MOST_P95), ("p99", MOST_P99)):
                typical = statistics.median(sent[share] for sent in quiet)
                story.expect(f"{share} at most {most} µs, median of {len(quiet)}", typical <= most, f"{typical} µs")
        else:
            story.note("every run was too disturbed to judge")
