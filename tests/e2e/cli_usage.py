"""What `tutti` answers to its arguments: exit status, and how many lines where."""
import os
import subprocess

from story import Story

TUTTI = os.environ["TUTTI"]
DISPLAY_WORDS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


def tutti(*words, **environment):
    bare = {name: value for name, value in os.environ.items() if name not in DISPLAY_WORDS}
    return subprocess.run([TUTTI, *words], env={**bare, **environment}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=20, check=False)


def one_line(text):
    return text.endswith("\n") and text.count("\n") == 1


with Story("tutti answers its arguments") as story:
    story.chapter("without a display")
    for title, environment in {"no display": {}, "a display that nobody serves": {"DISPLAY": ":4077"},
                               "a Wayland display that nobody serves":
                                   {"WAYLAND_DISPLAY": "nobody", "XDG_RUNTIME_DIR": "/tmp"},
                               "a Wayland display without its folder":
                                   {"WAYLAND_DISPLAY": "nobody", "QT_QPA_PLATFORM": "wayland"},
                               "a platform that Qt does not know": {"QT_QPA_PLATFORM": "papyrus"}}.items():
        answer = tutti(**environment)
        story.expect(f"{title}: exit status 1", answer.returncode == 1, answer.returncode)
        story.expect("one line that names what works",
                     one_line(answer.stderr) and "tutti link" in answer.stderr and "tutti doctor" in answer.stderr,
                     answer.stderr)

    story.chapter("help and version")
    for words in (["--help"], ["link", "--help"], ["devices", "--help"], ["doctor", "--help"], ["endpoint", "--help"], ["jam", "--help"], ["--version"], ["-h"]):
        answer = tutti(*words)
        story.expect(f"{words}: exit status 0, on stdout",
                     answer.returncode == 0 and answer.stdout and not answer.stderr, answer.returncode)

    story.chapter("wrong usage")
    for words in (["sing"], ["link", "sing"], ["--sing"], ["link", "--tempo"], ["link", "--tempo", "fast"],
                  ["link", "--tempo", "19"], ["link", "--quantum", "65"], ["link", "--duration", "-1"],
                  ["link", "--set-tempo-at", "1"], ["link", "--set-tempo-at", "1:5000"], ["link", "--log", "loud"],
                  ["link", "--interface", "no-such-interface"], ["doctor", "--tempo", "120"], ["devices", "stage"], ["link", "doctor"],
                  ["tutti:/room"], ["link", "tutti://host/room#v1.."], ["demo", "sing"], ["demo", "--duration", "long"],
                  ["patch"], ["patch", "sing"], ["patch", "save"], ["patch", "load"], ["patch", "load", "a.yaml", "--session", "a"],
                  ["patch", "show", "--pid", "0"], ["patch", "list", "a.yaml"],
                  ["jam"], ["jam", "--name", "Anna"], ["jam", "--alone", "--device", "portaudio", "--jack-server", "stage"],
                  ["jam", "--alone", "--lan-stream", ""], ["jam", "--alone", "--lan-stream"], ["jam", "--alone", "--offer-stream", "Mix=9"],
                  ["jam", "--alone", "--offer-stream", "=2"], ["jam", "--alone", "--offer-stream", "Mix=two"],
                  ["bridge"], ["bridge", "--name", "Lisbon"], ["bridge", "tutti://host/room#v1..", "--may", "sing"],
                  ["bridge", "tutti://host/room#v1..", "--interface", "no-such-interface"],
                  ["endpoint"], ["endpoint", "--serve", "--offer", "A/9"], ["endpoint", "--list", "--serve"],
                  ["endpoint", "--take", "A"], ["endpoint", "--connect", "10.0.0.1:0"]):
        answer = tutti(*words)
        story.expect(f"{words}: exit status 2, one line on stderr",
                     answer.returncode == 2 and one_line(answer.stderr) and not answer.stdout,
                     f"{answer.returncode} {answer.stderr!r}")
    answer = tutti("link", "--interface", "no-such-interface")
    story.expect("an unknown interface is answered with those there are", ": lo" in answer.stderr, answer.stderr)
