"""`tutti link` on a terminal: one living line, keys at once, and the terminal as it was found."""
import os
import pty
import re
import signal
import subprocess
import termios
import threading
import time

import world

world.enter("ip")

import hostclock  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
LFLAG = 3


class Terminal:
    """A shell's terminal with `tutti link` in its foreground."""

    def __init__(self, *words, columns=120):
        self._master, self._inside = pty.openpty()
        termios.tcsetwinsize(self._inside, (24, columns))
        self.as_found = termios.tcgetattr(self._inside)
        self.process = subprocess.Popen([TUTTI, "link", *words], stdin=self._inside, stdout=self._inside,
                                        stderr=self._inside, start_new_session=True, preexec_fn=self._control)
        self.text = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _control(self):
        import fcntl
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _read(self):
        while True:
            try:
                self.text += os.read(self._master, 65536).decode()
            except OSError:
                return

    def press(self, keys):
        os.write(self._master, keys.encode())

    def last(self):
        """The line as a person sees it now."""
        shown = self.text.rsplit("\n", 1)[-1].rsplit("\r", 1)[-1]
        return shown.replace("\x1b[K", "") if "\x1b[K" in shown else ""

    def shows(self, *words, seconds=3):
        return hostclock.wait_until(lambda: all(word in self.last() for word in words), seconds)

    def is_raw(self):
        return not termios.tcgetattr(self._inside)[LFLAG] & (termios.ICANON | termios.ECHO)

    def is_as_found(self):
        return termios.tcgetattr(self._inside) == self.as_found

    def is_stopped(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(") ", 1)[1][0] == "T"


def keys(story):
    story.chapter("keys")
    terminal = Terminal()
    story.expect("it shows a line", terminal.shows("Link on", "quantum 4", "sync off", "stopped", "120.00 bpm", "["))
    story.expect("it says which keys there are", "q quit" in terminal.text)
    story.expect("keys come at once and unseen", terminal.is_raw())
    for typed, *words in (("eee", "123.00 bpm"), ("w", "122.00 bpm"), ("t", "quantum 5", "]"), ("rr", "quantum 3"),
                          ("s", "sync on"), (" ", "playing"), (" ", "stopped"), ("a", "Link off"), ("a", "Link on")):
        terminal.press(typed)
        story.expect(f"{typed!r}: {words[0]}", terminal.shows(*words), terminal.last())
    terminal.press("\x1b[A\x1b[s\x1bOa")
    time.sleep(0.3)
    story.expect("arrow keys do nothing", terminal.shows("Link on", "sync on", "122.00 bpm"), terminal.last())
    before = terminal.last()
    story.expect("the beat goes by", hostclock.wait_until(lambda: terminal.last() != before, 1))
    story.expect("all in one line", terminal.text.count("\n") == 1, terminal.text.count("\n"))
    terminal.press("q")
    story.expect("q ends it with 0", terminal.process.wait(5) == 0)
    story.expect("the terminal is as it was found", terminal.is_as_found())
    story.expect("and the prompt gets a line of its own", terminal.text.endswith("\n"))


def endings(story):
    story.chapter("endings")
    for name, status in (("SIGINT", 0), ("SIGTERM", 0), ("SIGHUP", 0), ("SIGABRT", -6), ("SIGSEGV", -11)):
        terminal = Terminal("--no-enable")
        terminal.shows("Link off")
        story.expect("the terminal is ours", terminal.is_raw())
        terminal.process.send_signal(getattr(signal, name))
        story.expect(f"{name}: status {status}", terminal.process.wait(5) == status, terminal.process.returncode)
        story.expect("the terminal is as it was found", terminal.is_as_found())
    terminal = Terminal("--no-enable")
    terminal.shows("Link off")
    terminal.press("\x03")
    story.expect("Ctrl-C ends it with 0", terminal.process.wait(5) == 0)
    story.expect("the terminal is as it was found", terminal.is_as_found())


def pauses(story):
    story.chapter("Ctrl-Z")
    terminal = Terminal("--no-enable")
    terminal.shows("Link off")
    terminal.press("\x1a")
    story.expect("it stops", hostclock.wait_until(terminal.is_stopped, 3))
    story.expect("the terminal is as it was found", terminal.is_as_found())
    terminal.process.send_signal(signal.SIGCONT)
    story.expect("called back it takes the terminal again", hostclock.wait_until(terminal.is_raw, 3))
    terminal.press("e")
    story.expect("and hears keys", terminal.shows("121.00 bpm"), terminal.last())
    terminal.press("q")
    story.expect("q ends it with 0", terminal.process.wait(5) == 0)
    story.expect("the terminal is as it was found", terminal.is_as_found())


def narrow(story):
    story.chapter("a narrow terminal")
    terminal = Terminal("--no-enable", columns=40)
    terminal.shows("Link off")
    story.expect("the line does not wrap", len(terminal.last()) <= 39, terminal.last())
    terminal.press("q")
    terminal.process.wait(5)


with Story("tutti link on a terminal") as story:
    keys(story)
    endings(story)
    pauses(story)
    narrow(story)
