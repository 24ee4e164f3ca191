"""`tutti linkaudio` on a host: what it says of channels, and whether the clicks that it has recorded were on its beats."""
import statistics

import clicktrack
import hostclock
import world
from band import Speaker, home
from tutti import executable

RATE = 48_000
ON_THE_BEAT = 1000  # µs


class LinkAudio(Speaker):
    """`tutti linkaudio` on a steady clock; what it hears is written."""

    def __init__(self, host, name, *flags):
        self.wav = f"/dev/shm/{name}.wav"
        super().__init__(name, host.command(
            executable(), "linkaudio", "--json", "--device", "paced", "--frames", "64", "--name", name, *flags), home(host))
        self.ready = self.wait_for_event("ready")

    def seconds(self, since=0.0):
        return [word for word in list(self.said) if "heard" in word and word["t"] >= since]

    @property
    def status(self):
        said = self.seconds()
        return said[-1] if said else {"peers": None, "tempo": 0, "heard": [], "published": [], "xruns": 0}

    peers = property(lambda self: self.status["peers"])
    tempo = property(lambda self: self.status["tempo"])

    def channels(self):
        told = self.events("channels")
        return [f"{channel['peer']}/{channel['name']}" for channel in told[-1]["channels"]] if told else []

    def hears(self, name):
        return next((channel for channel in self.status["heard"] if channel["name"] == name), None)

    def wait_to_hear(self, name, seconds=20):
        return hostclock.wait_until(lambda: (self.hears(name) or {}).get("state") == "sounding", seconds)

    def next_second(self):
        count = len(self.seconds())
        hostclock.wait_until(lambda: len(self.seconds()) > count, 5)

    def disturbed(self):
        """Stretches of time in which the steady clock itself was late."""
        said = self.seconds()
        return [(before["t"] - 5e5, after["t"] + 5e5) for before, after in zip(said, said[1:])
                if after["xruns"] > before["xruns"]]


def undisturbed(times, *programs):
    holes = [hole for program in programs for hole in program.disturbed()]
    return [t for t in times if not any(begin <= t <= end for begin, end in holes)]


def clicks_on_the_beat(story, listener, *others):
    """Judges what the listener has recorded, but for what was heard while a steady clock was late. The beats, and when the
    clicks were heard."""
    beats = clicktrack.Beats(listener.events("beats"))
    times = clicktrack.heard(listener.wav, RATE, listener.seconds())
    good = undisturbed(times, listener, *others)
    story.note(f"{len(times)} clicks, {len(good)} of them while all steady clocks were steady")
    if len(good) < len(times) / 2:
        world.skip("this machine is too busy: the steady clocks themselves were late most of the time")
    errors = [beats.off(t) for t in good]
    story.expect("every click is on a beat of who hears it, within 1 ms",
                 len(good) > 15 and statistics.median(map(abs, errors)) < ON_THE_BEAT
                 and sum(abs(error) < ON_THE_BEAT for error in errors) > 0.9 * len(errors), clicktrack.summary(errors))
    return beats, good
