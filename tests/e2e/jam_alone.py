"""A musician tests alone: `tutti jam --alone` plays with an echo, over all of the way; and writes mix and tracks."""
import json
import os
import statistics
import struct
import subprocess
import tempfile

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
from band import Jam, Rehearsal, summary  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

STEADY = 1.0  # ms; a delay that still finds its place is another one when it is heard
TRIES = 4
PARTS = ("deviceIn", "packet", "network", "playout", "resampler", "deviceOut")


class Here:
    """This machine, with nothing but its loopback."""
    name = "here"

    @staticmethod
    def command(*argv):
        return list(argv)


def samples(path):
    """The left channel of a 24-bit stereo file, -1 to 1."""
    with open(path, "rb") as file:
        data = file.read()
    at = 12
    while data[at:at + 4] != b"data":
        at += 8 + struct.unpack("<I", data[at + 4:at + 8])[0]
    sound = data[at + 8:at + 8 + struct.unpack("<I", data[at + 4:at + 8])[0]]
    return [int.from_bytes(sound[i:i + 3], "little", signed=True) / 2**23 for i in range(0, len(sound) - 5, 6)]


def onset(sound):
    """The first frame that is loud."""
    return next((i for i, sample in enumerate(sound) if abs(sample) > 0.1), None)


def play_and_record(story, folder):
    answer = subprocess.run(
        [executable(), "jam", "--alone", "--json", "--name", "ana", "--device", "paced", "--input", "clicks",
         "--duration", "8", "--record-tracks", folder], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=40, check=False, env={**os.environ, "XDG_CONFIG_HOME": folder})
    story.expect("it plays and leaves, without an invitation", answer.returncode == 0, answer.stderr)
    said = [json.loads(line) for line in answer.stdout.splitlines()]
    story.expect("it joins first", said and said[0].get("event") == "joined", said[:1])
    echoes = [word for word in said if word.get("player") == "Echo"]
    story.expect("the echo is heard, second for second", sum(word["heard"] for word in echoes) >= 4, len(echoes))
    if echoes:
        shown = echoes[-1]["delayMs"]
        story.note(f"the last word: {echoes[-1]}")
        story.expect("the parts of its delay add up", abs(sum(shown[part] for part in PARTS) - shown["total"]) < 0.05)
        story.expect("a loopback's way is short", shown["total"] < 100, shown["total"])
    tracks = {name: samples(os.path.join(folder, f"{name}.wav")) for name in ("mix", "own", "Echo")}
    lengths = {name: len(track) / 48000 for name, track in tracks.items()}
    story.expect("mix and tracks are seconds long", min(lengths.values()) > 5, lengths)
    story.expect("they end together", max(lengths.values()) - min(lengths.values()) < 0.2, lengths)
    # The first click of own.wav that Echo.wav has, too, and how much later
    begin = onset(tracks["Echo"])
    clicks = [onset(tracks["own"][at:at + 24000]) for at in range(0, len(tracks["own"]) - 24000, 24000)]
    story.expect("own.wav has clicks", any(click is not None for click in clicks))
    story.expect("Echo.wav begins with silence, and then it sounds", begin is not None and begin > 480, begin)
    again = subprocess.run([executable(), "jam", "--alone", "--device", "paced", "--duration", "1", "--record-tracks", folder],
                           stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    story.expect("no recording is written over another", again.returncode == 1 and "already" in again.stderr, again.stderr)


def inner_delay(word):
    """Of a second, what is shown without the loudspeaker; in ms."""
    shown = word["delayMs"]
    return shown["packet"] + shown["network"] + shown["playout"] + shown["resampler"] + shown["deviceIn"]


def moving(delays):
    """Why what is shown cannot be compared with what was heard meanwhile; nothing where it can."""
    if delays and max(delays) - min(delays) <= STEADY:
        return None
    return f"the delay moved: {' '.join(f'{ms:.1f}' for ms in delays)} ms"


def play_on_jack(story):
    ana = Jam(Here, "--alone", "ana", frames=128)
    if not story.expect("the echo is heard", ana.wait_to_hear("Echo")):
        return
    rehearsal = Rehearsal(ana, ana)
    for _ in range(TRIES):
        review = rehearsal.listen(8)
        delays = [inner_delay(word) for word in ana.hears("Echo") if word["t"] >= review["since"]]
        if delays and max(delays) - min(delays) <= STEADY:
            break
    rehearsal.end()
    story.note(summary(review))
    story.expect("each click comes back", len(review["delays"]) >= 10, len(review["delays"]),
                 unless=review["drowned"])
    inner = statistics.median(delays) if delays else 0
    typical = statistics.median(review["delays"]) if review["delays"] else float("inf")
    story.note(f"heard after {typical:.2f} ms; shown without the loudspeaker {inner:.2f} ms")
    story.expect("what is shown is what is heard, but for a block", abs(typical - inner) < 4, round(typical - inner, 2),
                 unless=review["drowned"] or moving(delays))
    ana.leave()


if __name__ == "__main__":
    with Story("alone with an echo") as story:
        story.chapter("on a steady clock, recorded")
        with tempfile.TemporaryDirectory() as folder:
            play_and_record(story, folder)
        story.chapter("on JACK, the delay beside what is heard")
        play_on_jack(story)
        hostclock.wait_until(lambda: False, 0.1)
