"""A child process whose lines are read as they come, each with the host time at which it came."""
import os
import signal
import subprocess
import sys
import threading

import hostclock


class Program:
    def __init__(self, name, argv, env=None):
        self.name = name
        self._lines = []
        self._process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **(env or {})}, bufsize=1)
        self._complaints = []
        self._readers = [threading.Thread(target=self._read, args=pair, daemon=True)
                         for pair in ((self._process.stdout, self._lines, self.hear),
                                      (self._process.stderr, self._complaints, self.hear_complaint))]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _read(stream, into, hear):
        for line in stream:
            into.append((hostclock.micros(), line.rstrip("\n")))
            hear(into[-1])

    def hear(self, line):
        """For those who want each line as it comes; runs on the reading thread."""

    def hear_complaint(self, line):
        """The same for standard error."""

    @property
    def pid(self):
        return self._process.pid

    def is_running(self):
        return self._process.poll() is None

    def lines(self):
        return list(self._lines)

    def complaints(self):
        return "\n".join(text for _, text in self._complaints)

    def wait_for_line(self, wanted, seconds, what):
        def found():
            return next((line for _, line in self.lines() if wanted(line)), None)
        line = hostclock.wait_until(lambda: found() or not self.is_running(), seconds)
        if isinstance(line, str) or (line := found()):
            return line
        print(self.complaints(), file=sys.stderr)
        raise RuntimeError(f"{self.name}: waited {seconds} s in vain for {what}")

    def say(self, text):
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def kill(self):
        """As a crash does: no goodbye."""
        self._process.kill()
        return self._end()

    def stop(self):
        """Asks politely, insists after five seconds. Returns the exit status."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._end()

    def wait(self, seconds):
        self._process.wait(seconds)
        return self._end()

    def _end(self):
        status = self._process.wait()
        for reader in self._readers:
            reader.join(2)
        return status
