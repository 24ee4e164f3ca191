"""Two musicians hear each other: joined by an invitation, through a room's server, each with a JACK server of their own."""
import statistics

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Jam, Rehearsal, Serve, summary, sums  # noqa: E402
from story import Story  # noqa: E402

PARTS = ("deviceIn", "packet", "network", "playout", "resampler", "deviceOut")
ADDS_UP_WITHIN = 0.1  # ms, on an ideal wire
ENOUGH = 3  # seconds without a dropout of a sound server; a busy machine gets some tries
STEADY = 0.2  # ms between such seconds; where a delay still finds its place, what is shown of it is of another moment
TRIES = 4


def rehearse(story, ana, ben):
    rehearsal = Rehearsal(ana, ben)
    for _ in range(TRIES):
        review = rehearsal.listen(8)
        words = [word for word in ben.hears("ana") if word["t"] >= review["since"]]
        errors = [second.error for second in sums(review, words)]
        is_judged = len(errors) >= ENOUGH and max(errors) - min(errors) <= STEADY
        if is_judged:
            break
    rehearsal.end()
    story.note(summary(review))
    story.expect("the clicks of one are heard by the other", len(review["delays"]) >= 10, len(review["delays"]),
                 unless=review["drowned"])
    story.expect("the tone arrives as loud as it was played", abs(review["amplitude"] - 0.5) < 0.05, review["amplitude"],
                 unless=review["drowned"])
    word = ben.hears("ana")[-1]
    shown = word["delayMs"]
    story.note(f"shown: {word}")
    story.expect("by a path of the LAN", word["path"] in ("lan", "forwarder"), word["path"])  # the server is as near
    story.expect("the parts of the delay add up", abs(sum(shown[part] for part in PARTS) - shown["total"]) < 0.05)
    if not is_judged:
        story.note(f"what a loopback measures is not judged: the sound servers dropped out {len(review['xrunsAt'])} times, "
                   f"the delay moved: {' '.join(f'{error:+.2f}' for error in errors)} ms")
        return
    typical = statistics.median(errors)
    story.note(f"devices take {review['devicesMs']:.2f} ms; what is shown is more than what is heard by "
               f"{' '.join(f'{error:+.2f}' for error in errors)} ms")
    story.expect_in_time(f"to what a loopback measures, within {ADDS_UP_WITHIN} ms", abs(typical) <= ADDS_UP_WITHIN,
                         f"{typical:+.3f} ms, median of {len(errors)} seconds")


if __name__ == "__main__":
    with Story("two musicians hear each other") as story:
        hosts = [lan.Host(name) for name in ("host", "ana", "ben")]
        network = lan.Switch(*hosts)
        serve = Serve(hosts[0])
        ana = Jam(hosts[1], serve.invitation, "ana", frames=128)
        ben = Jam(hosts[2], serve.invitation, "ben", frames=128)
        if story.expect("they hear of each other", ana.wait_to_hear("ben") and ben.wait_to_hear("ana")):
            story.chapter("they play")
            rehearse(story, ana, ben)
        story.chapter("one leaves")
        ana.leave()
        gone = hostclock.wait_until(lambda: ben.events("own")[-1]["players"] == 0, 5)
        story.expect("the other is told", gone)
        ben.leave()
        story.expect("the server leaves cleanly", serve.stop() == 0)
