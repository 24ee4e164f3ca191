"""`tutti devices` where there is no sound, and where JACK servers play, have crashed, or hang."""
import json
import os
import signal
import subprocess
import tempfile
import threading
import time

import world

world.enter("jackd", "jack_wait")

from sound import MUST_NOT_AUTOSTART, JackServer  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]


def tutti(*words, **environment):
    return subprocess.run([TUTTI, "devices", *words], env={**os.environ, **MUST_NOT_AUTOSTART, **environment},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)


def devices(**environment):
    answer = tutti("--json", **environment)
    return answer, [json.loads(line) for line in answer.stdout.splitlines()]


def of(found, backend):
    return [device for device in found if device["backend"] == backend]


class Cable:
    """From tutti's first output to its first input, as soon as they are there and as long as it is held."""

    def __init__(self, server):
        self._server = server
        self._is_over = threading.Event()
        self._hand = threading.Thread(target=self._plug, daemon=True)

    def _plug(self):
        while not self._is_over.is_set():
            subprocess.run(["jack_connect", "-s", self._server.name, "tutti:out_1", "tutti:in_1"],
                           env={**os.environ, **self._server.env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            time.sleep(0.02)

    def __enter__(self):
        self._hand.start()

    def __exit__(self, *_):
        self._is_over.set()
        self._hand.join()


def device_parts(server, home):
    """ms of the device alone, as `tutti jam` shows them of an echo: in, out."""
    answer = subprocess.run(
        [TUTTI, "jam", "--alone", "--json", "--device", "jack", "--jack-server", server.name, "--duration", "6"],
        env={**os.environ, **server.env, "XDG_CONFIG_HOME": home}, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=30, check=False)
    said = [json.loads(line) for line in answer.stdout.splitlines()]
    heard = [word["delayMs"] for word in said if word.get("player") == "Echo" and word["heard"]]
    return (heard[-1]["deviceIn"], heard[-1]["deviceOut"]) if heard else None


def measured_in_peace(*flags, **env):
    """The dummy driver drops out, more than one measurement can stand: done again then, as the sentence says."""
    for _ in range(5):
        measured = tutti(*flags, **env)
        if "dropped out" not in measured.stderr:
            break
    return measured


def calibrate(story):
    """A cable between our own ports is one period long, whatever the server says of itself."""
    server = JackServer(64)
    with tempfile.TemporaryDirectory() as home:
        flags = ("--calibrate", "--json", "--device", "jack", "--jack-server", server.name)
        missing = measured_in_peace(*flags, **server.env, XDG_CONFIG_HOME=home)
        story.expect("without a cable: status 1, and what to look for", missing.returncode == 1 and
                     missing.stderr.strip() == "tutti: Nothing came back: is the cable in output 1 and input 1?", missing.stderr)
        before = device_parts(server, home)
        with Cable(server):
            for _ in range(3):  # what broke may also sound like something else
                measured = measured_in_peace(*flags, **server.env, XDG_CONFIG_HOME=home)
                if measured.returncode == 0:
                    break
        if not story.expect("with one: status 0", measured.returncode == 0, measured.stderr):
            return
        word = json.loads(measured.stdout)
        story.note(word)
        story.expect("whole periods, to the frame", word["roundTripFrames"] % 64 == 0 and word["roundTripFrames"] > 0,
                     word["roundTripFrames"])
        story.expect("as loud as it was, and not turned", abs(word["gainDb"]) < 0.1 and not word["inverted"])
        with open(os.path.join(home, "tutti", "settings.yaml"), encoding="utf-8") as file:
            story.expect("it is remembered", "cableMeasured:" in file.read())
        after = device_parts(server, home)
        if story.expect("the delay is shown before and after", before and after, (before, after)):
            wanted = max(0.0, sum(before) + word["surplusMs"])
            story.expect_in_time("counted from now on", abs(sum(after) - wanted) < 0.1, f"{before} -> {after}, surplus {word['surplusMs']} ms")
    server.stop()


with Story("tutti devices") as story:
    story.chapter("no sound server")
    answer, found = devices()
    story.expect("status 0, and libraries say nothing on stderr", answer.returncode == 0 and not answer.stderr, answer.stderr)
    story.expect("no JACK server is listed", not of(found, "jack"), found)
    story.expect("the steady clock is there, last", found[-1]["backend"] == "paced" and len(of(found, "paced")) == 1, found)
    if not of(found, "portaudio"):
        story.expect("people read that there is no device, in the first line",
                     tutti().stdout.splitlines()[0].startswith("There is no sound device: no JACK server is running"))

    story.chapter("the usual server, another one, and one that crashed")
    usual, other, crashed = JackServer(64, 44100), JackServer(256), JackServer()
    crashed.crash()
    answer, found = devices(**usual.env)
    servers = of(found, "jack")
    story.expect("status 0, and nothing on stderr", answer.returncode == 0 and not answer.stderr, answer.stderr)
    story.expect("the usual one comes first", found[0] ==
                 {"backend": "jack", "name": "", "title": "JACK", "inputs": 2, "outputs": 2, "rate": 44100,
                  "rates": [44100], "frames": 64, "usual": True}, found[0])
    story.expect("then the other one by its name; no third", len(servers) == 2 and servers[1] ==
                 {"backend": "jack", "name": other.name, "title": f"JACK server {other.name}", "inputs": 2, "outputs": 2,
                  "rate": 48000, "rates": [48000], "frames": 256, "usual": False}, servers[1:])
    through = [device["name"] for device in of(found, "portaudio")]
    story.expect("PortAudio meets the usual one, too", any(name.endswith(": system") for name in through), through)
    text = tutti(**usual.env).stdout
    story.expect("people read both in columns", "64 frames   usual\n" in text and "256 frames\n" in text, text)
    usual.stop()

    story.chapter("a server that hangs")
    os.kill(other.pid, signal.SIGSTOP)
    answer, found = devices()
    story.expect("status 0, and a warning that names it",
                 answer.returncode == 0 and f"'{other.name}' hangs" in answer.stderr, answer.stderr)
    story.expect("what can be asked is listed all the same", found and not of(found, "jack"), found)
    os.kill(other.pid, signal.SIGCONT)
    other.stop()

    story.chapter("a device is measured by a cable")
    calibrate(story)
