"""`tutti jam` alone, its patch edited by hand: saved as a file, wired there, loaded again."""
import os
import re
import subprocess
import tempfile

import hostclock
import sine
from band import Speaker, home
from endpoint_box import heard_in
from tutti import executable

RATE = 48_000


class Solo(Speaker):
    """On a steady clock that brings no sound, beside an echo; what is heard is written."""

    def __init__(self, host, name, *flags):
        self.host = host
        self.folder = tempfile.mkdtemp(prefix=f"{name}-", dir="/dev/shm")
        self.env = {**home(host), "XDG_RUNTIME_DIR": self.folder}
        self.take = f"{self.folder}/mix.wav"
        super().__init__(name, host.command(
            executable(), "jam", "--alone", "--json", "--name", name, "--device", "paced", "--frames", "128",
            "--record", self.take, *flags), self.env)
        self.wait_for_event("joined", 20)
        hostclock.wait_until(lambda: any(entry.startswith("tutti-patch-") for entry in os.listdir(self.folder)), 10)

    def guest(self, name):
        """As it was said last; None: never."""
        said = [word for word in list(self.said) if word.get("guest") == name]
        return said[-1] if said else None

    def wait_for_guest(self, name, state, seconds=20):
        return hostclock.wait_until(lambda: (self.guest(name) or {}).get("state") == state, seconds)

    def patch(self, *words):
        return subprocess.run(self.host.command(executable(), "patch", *words), env={**os.environ, **self.env},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)

    def save(self):
        path = f"{self.folder}/saved.yaml"
        self.patch("save", path)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def load(self, yaml):
        path = f"{self.folder}/edited.yaml"
        with open(path, "w", encoding="utf-8") as file:
            file.write(yaml)
        return self.patch("load", path)

    def hears(self, hertz):
        return heard_in(self.take, RATE, hertz)

    def loudest(self):
        """Of the last second."""
        return max((abs(sample) for sample in sine.read(self.take, RATE, 1)), default=0.0)


def number_of(yaml, line):
    """The id of the module that has this line."""
    before = yaml[:yaml.index(f"    {line}\n")]
    return int(re.findall(r"- id: (\d+)\n", before)[-1])


def with_cable(yaml, source, target):
    """As by hand: from one module's output to another one's input."""
    ends = f"from: {number_of(yaml, source)}, output: \"out\", to: {number_of(yaml, target)}, input: \"in\""
    return yaml.replace("\nconnections:\n", f"\nconnections:\n  - {{{ends}, gain: 0}}\n", 1)
