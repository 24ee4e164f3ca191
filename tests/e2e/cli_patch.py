"""`tutti patch` and the Tuttis that run: what is connected to what is saved, shown, loaded and refused, while the jam
plays on; nobody else gets in; and a window that was killed comes back as it was."""
import glob
import json
import os
import signal
import socket
import stat
import subprocess
import tempfile

import world

world.enter("ip")

import hostclock  # noqa: E402
from band import Speaker  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

NOBODY = 65534


class Home:
    """A user's folders."""

    def __init__(self, folder):
        self.folder = folder
        self.env = {f"XDG_{name}": os.path.join(folder, name.lower())
                    for name in ("RUNTIME_DIR", "DATA_HOME", "STATE_HOME", "CONFIG_HOME")}
        for path in self.env.values():
            os.mkdir(path, 0o700)

    def path(self, name):
        return os.path.join(self.folder, name)

    def doors(self):
        return glob.glob(os.path.join(self.env["XDG_RUNTIME_DIR"], "tutti-patch-*"))

    def patch(self, *words):
        return subprocess.run([executable(), "patch", *words], env={**os.environ, **self.env}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=30, check=False)

    def said(self, *words):
        answer = self.patch(*words, "--json")
        return [json.loads(line) for line in answer.stdout.splitlines()] if answer.returncode == 0 else []

    def save(self, name):
        self.patch("save", self.path(name))
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return self.path(name)


class Alone(Speaker):
    """A jam with an echo, on no device."""

    def __init__(self, home, name):
        super().__init__(name, [executable(), "jam", "--alone", "--json", "--name", name, "--device", "paced",
                                "--input", "tone:440"], home.env)
        self.wait_for_event("joined", 20)
        hostclock.wait_until(lambda: any(f"-{self.pid}" in door for door in home.doors()), 5)


def refused(story, sentence, answer, *words):
    story.expect(sentence, answer.returncode == 1 and answer.stderr.count("\n") == 1 and not answer.stdout and
                 all(word in answer.stderr for word in words), f"{answer.returncode} {answer.stderr!r}")


def files(story, home):
    story.chapter("saved, loaded, saved")
    shown = home.said("show")
    story.expect("what plays is shown", shown and {"own-strip", "master", "room", "player Echo"} <=
                 {module["role"] for module in shown[0]["modules"]}, shown)
    first = home.save("first.yaml")
    story.expect("the file is its owner's", stat.S_IMODE(os.stat(home.path("first.yaml")).st_mode) == 0o600)
    story.expect("it holds no invitation", "tutti://" not in first and "#v1" not in first)
    loaded = home.said("load", home.path("first.yaml"))
    story.expect("loaded, nothing is missing, and nothing to remark", loaded and loaded[0]["event"] == "loaded" and
                 loaded[0]["missing"] == [] and loaded[0]["remarks"] == [], loaded)
    story.expect("saved again it is the same to the byte", home.save("second.yaml") == first)

    story.chapter("edited by hand")
    strip = first.index("role: own-strip")
    edited = first[:strip] + first[strip:].replace("gain1: 0", "gain1: -12.5", 1) + "mood: blue\n"
    story.expect("there is a gain to change", edited != first + "mood: blue\n")
    answer = home.patch("load", home.write("edited.yaml", edited))
    story.expect("it is loaded, with a word about what is not known, and that it was edited",
                 answer.returncode == 0 and "mood" in answer.stderr and "not as Tutti saved it" in answer.stderr, answer.stderr)
    again = home.save("third.yaml")
    story.expect("both are in what is saved then", "gain1: -12.5\n" in again and "mood: blue\n" in again)
    ghost = first.replace("player Echo", "player Olga").replace("strip Echo", "strip Olga").replace("\"Echo", "\"Olga")
    loaded = home.said("load", home.write("ghost.yaml", ghost))
    story.expect("who is not here is a ghost, and who is plays on beside",
                 loaded and [(m["name"], m["why"]) for m in loaded[0]["missing"]] == [("Olga", "is not in the room")], loaded)
    shown = home.said("show")
    roles = [module["role"] for module in shown[0]["modules"]] if shown else []
    story.expect("both are shown", "player Olga" in roles and "player Echo" in roles, roles)
    home.patch("load", home.path("first.yaml"))


def bad_files(story, home):
    story.chapter("files that are none")
    before = home.save("before.yaml")
    trace = home.path("started")
    for title, text, words in (
            ("cut off", before[:len(before) // 2 - 7], ("line ",)),
            ("not text", b"tutti-patch: 2\nab\xff\n", ("line 2, column 3", "UTF-8")),
            ("something else", "tempo: 120\n", ("line 1", "not a patch")),
            ("newer", before.replace("tutti-patch: 2", "tutti-patch: 3"), ("line 2", "newer Tutti")),
            ("two masters", before.replace("role: own-strip", "role: master"), ("line ", "master already")),
            ("a wrong number", before.replace("gain1: 0", "gain1: loud", 1), ("line ", "'loud'", "plays on"))):
        refused(story, f"{title}: refused with its place", home.patch("load", home.write("bad.yaml", text)), "bad.yaml", *words)
    refused(story, "not there: said so", home.patch("load", home.path("none.yaml")), "none.yaml", "no such file")
    refused(story, "too large: said so", home.patch("load", home.write("large.yaml", "#" * 1_000_001)), "larger than")
    story.expect("all is as it was", home.save("after.yaml") == before)
    stranger = before.replace("modules:", f"processes:\n  - name: \"p\"\n    command: \"/usr/bin/touch\"\n    arguments:\n      - \"{trace}\"\nmodules:", 1)
    answer = home.patch("load", home.write("stranger.yaml", stranger))
    story.expect("a stranger's patch starts nothing, and it is said",
                 answer.returncode == 0 and "none was started" in answer.stderr and not os.path.exists(trace), answer.stderr)
    home.patch("load", home.path("before.yaml"))


def library(story, home):
    story.chapter("the library of sessions")
    story.expect("it is empty at first", home.said("list") == [])
    name = "../Friday at the \"Barn\" 漢"
    saved = home.said("save", "--session", name)
    story.expect("a session is kept", saved and saved[0]["session"] == name, saved)
    refused(story, "the same name again is refused", home.patch("save", "--session", name), "already")
    story.expect("unless it is to be replaced", home.patch("save", "--session", name, "--replace").returncode == 0)
    listed = home.said("list")
    folder = os.path.join(home.env["XDG_DATA_HOME"], "tutti", "sessions")
    story.expect("it is listed, once, by its name", [entry["session"] for entry in listed] == [name], listed)
    story.expect("its file is in the folder, whatever the name", listed and os.path.dirname(listed[0]["file"]) == folder)
    story.expect("it is loaded by its name", home.patch("load", "--session", name).returncode == 0)
    refused(story, "one that is not there is not", home.patch("load", "--session", "Saturday"), "no session", "Saturday")
    picture = home.patch("show", "--session", name, "--svg")
    story.expect("it has a picture", picture.stdout.startswith("<svg ") and picture.stdout.count("<rect ") >= 6)
    home.patch("load", home.path("first.yaml"))


def said_raw(door, words, user=None):
    """What a program hears that says this at the door, in a process of its own."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        heard = b"closed"
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            visitor = socket.socket(socket.AF_UNIX)
            visitor.settimeout(10)
            visitor.connect(door)
            visitor.sendall(words)
            heard = visitor.recv(65536) or b"shown out"
        except PermissionError:
            heard = b"forbidden"
        except OSError:
            heard = b"shown out"
        finally:
            os.write(theirs, heard)
            os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as pipe:
        return pipe.read()


def the_door(story, home, jam):
    story.chapter("who gets in")
    door = home.doors()[0]
    story.expect("the door is its owner's", stat.S_IMODE(os.stat(door).st_mode) == 0o600)
    story.expect("the owner is heard", b'"face":"jam"' in said_raw(door, b'{"do":"who"}\n'))
    story.expect("nonsense is answered", b"no JSON" in said_raw(door, b"hello\n"))
    story.expect("who shouts without end is shown out", said_raw(door, b"x" * (5 << 20)) == b"shown out")
    os.chmod(home.folder, 0o755)
    os.chmod(home.env["XDG_RUNTIME_DIR"], 0o755)
    story.expect("another user does not get in", said_raw(door, b'{"do":"who"}\n', NOBODY) == b"forbidden")
    os.chmod(door, 0o666)
    story.expect("nor with the door ajar", said_raw(door, b'{"do":"who"}\n', NOBODY) == b"shown out")
    os.chmod(door, 0o600)
    story.expect("the jam plays on", jam.is_running())


def several(story, home, jam):
    story.chapter("several Tuttis, and none")
    ben = Alone(home, "ben")
    answer = home.patch("show")
    refused(story, "several are named", answer, "several Tuttis are running", f"{jam.pid} (jam, ana)", f"{ben.pid} (jam, ben)", "--pid")
    story.expect("one can be meant", home.patch("show", "--pid", str(ben.pid)).returncode == 0)
    refused(story, "but one that runs", home.patch("show", "--pid", "1"), "process 1")
    ben.kill()
    story.expect("who has crashed is not counted", home.patch("show").returncode == 0)
    seconds = len(jam.said)
    hostclock.wait_until(lambda: any(word.get("player") == "Echo" for word in jam.said[seconds:]), 5)
    heard = [word["heard"] for word in jam.said if word.get("player") == "Echo"]
    story.expect("from the first second on the echo was heard all the time", any(heard) and all(heard[heard.index(True):]), heard)
    story.expect("the jam leaves as it should", jam.stop() == 0, jam.complaints())
    refused(story, "then no Tutti is running", home.patch("show"), "no Tutti is running")
    refused(story, "nor can one be found without its folder", subprocess.run(
        [executable(), "patch", "show"], env={**os.environ, "XDG_RUNTIME_DIR": home.path("nowhere")}, capture_output=True,
        text=True, timeout=20, check=False), "XDG_RUNTIME_DIR")


class Window(Program):
    def __init__(self, home):
        super().__init__("window", [executable()], {**home.env, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"})
        hostclock.wait_until(lambda: any(f"-{self.pid}" in door for door in home.doors()), 20)


def crashed_window(story, home):
    story.chapter("a window that is killed")
    window = Window(home)
    shown = home.said("show")
    if not story.expect("a window is asked like a jam", shown and shown[0]["from"] == "window", window.complaints()):
        return
    plain = home.save("window.yaml")
    strip = plain.index("role: master")
    home.write("window.yaml", plain[:strip] + plain[strip:].replace("gain1: 0", "gain1: -7.25", 1))
    story.expect("it takes a patch", home.patch("load", home.path("window.yaml")).returncode == 0)
    running = os.path.join(home.env["XDG_STATE_HOME"], "tutti", "running")
    story.expect("which is on disk soon", hostclock.wait_until(
        lambda: any("gain1: -7.25" in open(path, encoding="utf-8").read() for path in glob.glob(f"{running}/*.yaml")), 20))
    window.kill()
    window = Window(home)
    story.expect("the next one has it again", "gain1: -7.25" in home.save("restored.yaml"))
    os.kill(window.pid, signal.SIGTERM)
    story.expect("who says goodbye", window.wait(20) == 0)
    window = Window(home)
    story.expect("begins anew the next time", "gain1: -7.25" not in home.save("anew.yaml"))
    window.stop()
    story.expect("and leaves nothing but what the crash has left", [os.path.basename(path) for path in glob.glob(f"{running}/*")] ==
                 ["last-crash.yaml"], os.listdir(running))


if __name__ == "__main__":
    with Story("patches of the Tuttis that run") as story, tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        refused(story, "without a Tutti there is nothing to show", home.patch("show"), "no Tutti is running")
        ana = Alone(home, "ana")
        hostclock.wait_until(lambda: any(word.get("player") == "Echo" for word in ana.said), 10)
        files(story, home)
        bad_files(story, home)
        library(story, home)
        the_door(story, home, ana)
        several(story, home, ana)
        crashed_window(story, home)
