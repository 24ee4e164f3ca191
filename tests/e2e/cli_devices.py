"""`tutti devices` where there is no sound, and where JACK servers play, have crashed, or hang."""
import json
import os
import signal
import subprocess

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
