"""A real TURN server (coturn) on a host of its own, a peer behind it that echoes, and those who play through it."""
import os
import subprocess
import tempfile

import hostclock
import world
from band import Speaker
from program import Program

USER, PASSWORD, SECRET = "anna", "secret", "shared-by-servers"
NAME = "turn.tutti.test"


class Certificate:
    """Self-signed, for one name, and for an address if one is given."""

    def __init__(self, folder, address=None):
        self.file, self.key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.key, "-out", self.file,
                      "-days", "30", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}" + (f",IP:{address}" if address else ""))

    @staticmethod
    def _openssl(*words, **more):
        return subprocess.run(["openssl", *words], check=True, capture_output=True, **more).stdout

    def pin(self):
        public = self._openssl("x509", "-in", self.file, "-pubkey", "-noout")
        spki = self._openssl("pkey", "-pubin", "-outform", "DER", input=public)
        return self._openssl("dgst", "-sha256", "-r", input=spki).decode().split()[0]


class Coturn:
    """`settings` are lines of turnserver.conf, with - for _. Ports are the host's own affair: nobody else is there."""

    _folders = []

    def __init__(self, host, port, certificate, *, shared_secret=False, **settings):
        self._host = host
        self.port, self.tls_port = port, port + 1
        folder = tempfile.TemporaryDirectory(prefix="tutti-coturn-")
        self._folders.append(folder)
        self._folder = folder.name
        lines = [f"listening-ip={host.address()}", f"relay-ip={host.address()}", f"listening-port={port}",
                 f"tls-listening-port={self.tls_port}", f"min-port={20 * port}", f"max-port={20 * port + 19}",
                 "realm=tutti.test", f"cert={certificate.file}", f"pkey={certificate.key}", "no-cli",
                 "no-multicast-peers", "simple-log", f"pidfile={self._folder}/pid", f"userdb={self._folder}/db"]
        lines += ["use-auth-secret", f"static-auth-secret={SECRET}"] if shared_secret else \
                 ["lt-cred-mech", f"user={USER}:{PASSWORD}"]
        lines += [f"{name.replace('_', '-')}={value}" for name, value in settings.items()]
        self._config = os.path.join(self._folder, "turn.conf")
        with open(self._config, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
        self.start()

    def start(self):
        self._program = Program("coturn", self._host.command("turnserver", "-c", self._config, "--log-file", "stdout"))
        if not hostclock.wait_until(self._listens, 10):
            raise RuntimeError(f"coturn does not listen\n{self.log()}\n{self._program.complaints()}")

    def _listens(self):
        listed = self._host.run("ss", "-Hlnt", f"sport = :{self.port} or sport = :{self.tls_port}")
        return len({line.split()[3] for line in listed.splitlines()}) == 2

    def log(self):
        return "\n".join(text for _, text in self._program.lines())

    def restart(self):
        """As after a crash; returns for how many seconds it was away."""
        since = hostclock.micros()
        self._program.kill()
        self.start()
        return (hostclock.micros() - since) / 1e6

    def stop(self):
        self._program.kill()


class Echo(Program):
    PORT = 3480

    def __init__(self, host):
        super().__init__("echo", host.command("turnutils_peer", "-L", host.address(), "-p", str(self.PORT)))
        self.at = f"{host.address()}:{self.PORT}"


class Player(Speaker):
    """Sends 750 packets a second through a relay to the echo, and listens."""

    def __init__(self, host, server_host, coturn, echo, transport, *flags, env=None):
        port = coturn.tls_port if transport == "tls" else coturn.port
        super().__init__(f"player-{transport}", host.command(
            world.built("relay-player"), "--server", f"{server_host.address()}:{port}", "--peer", echo.at,
            "--transport", transport, "--user", USER, *flags), env)

    def seconds(self, since=0):
        return [word for word in list(self.said) if "heard" in word and word["t"] >= since]

    def wait_to_hear(self, seconds=5):
        return hostclock.wait_until(lambda: any(word["heard"] > 500 for word in self.seconds()), seconds)

    def longest_gap(self, since=0):
        """ms"""
        return max((word["gapMs"] for word in self.seconds(since)), default=float("inf"))

    def hears_now(self, seconds=3):
        """Whether most of what is sent comes back, from now on."""
        since = hostclock.micros() + 1e6
        return bool(hostclock.wait_until(lambda: [w for w in self.seconds(since) if w["heard"] > 500], seconds + 1))

    def part(self, story):
        status = self.stop()
        story.expect(f"{self.name} gives its relay back and ends in good order",
                     status == 0 and self.events("released"), status)
