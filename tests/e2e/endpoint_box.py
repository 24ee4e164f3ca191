"""`tutti endpoint` on a steady clock, and whether a tone is heard as it was played."""
import tempfile

import hostclock
import sine
from band import Speaker, home
from tutti import executable

LOUD = 0.25  # what the tones are played at
CLEAN = 40  # dB: what is no tone lies so far below it


class Endpoint(Speaker):
    """`tutti endpoint` on a steady clock; what comes in is written, a file each stream."""

    def __init__(self, host, name, *flags, rate=48_000):
        self.rate = rate
        self.folder = tempfile.mkdtemp(prefix=f"{name}-", dir="/dev/shm")
        super().__init__(name, host.command(
            executable(), "endpoint", "--json", "--device", "paced", "--frames", "64", "--rate", str(rate),
            "--name", name, "--record-tracks", f"{self.folder}/takes", *flags), home(host))
        self.ready = self.wait_for_event("ready")

    def told(self, kind, name):
        return [word for word in self.events(kind) if word["name"] == name]

    def wait_for(self, kind, name, seconds=10):
        return hostclock.wait_until(lambda: self.told(kind, name), seconds)

    def peers(self):
        seconds = [word for word in list(self.said) if "peers" in word]
        return {peer["name"]: peer for peer in seconds[-1]["peers"]} if seconds else {}

    def hears(self, stream, hertz):
        """What the last three seconds of a stream are like; None while there is nothing."""
        return heard_in(f"{self.folder}/takes/{stream}.wav", self.rate, hertz)


def heard_in(path, rate, hertz):
    try:
        return sine.usual(path, rate, hertz)
    except FileNotFoundError:
        return None


def expect_tone(story, who, stream, hertz, tries=4):
    """A busy machine gets some tries: its dropouts are no news."""
    expect_tone_from(story, f"{who.name} hears {stream}", lambda: who.hears(stream, hertz), hertz, tries)


def expect_tone_from(story, sentence, hear, hertz, tries=4):
    heard = None
    for _ in range(tries):
        heard = hear()
        if is_tone(heard, hertz):
            break
        hostclock.wait_until(lambda: False, 2)
    words = heard and f"{heard['amplitude']:.3f}, {heard['hertz']:.2f} Hz, {heard['cleanDb']:.0f} dB"
    return story.expect(f"{sentence}: {hertz} Hz, as loud as it was played", is_tone(heard, hertz), words)


def is_tone(heard, hertz):
    return (heard is not None and abs(heard["amplitude"] - LOUD) < 0.02 and abs(heard["hertz"] / hertz - 1) < 0.003
            and heard["cleanDb"] > CLEAN)
