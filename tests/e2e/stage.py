"""A room whose musicians reach each other through its server only, and a look at what crosses the wire there."""
import json
import socket
import subprocess
import time

import hostclock
from band import Speaker
from tutti import executable

EVERY_PROTOCOL = 3  # of a packet socket


class StageBox(Speaker):
    """A musician without a window and without a sound device: the machine's clock gives the blocks."""

    def __init__(self, host, invitation, name, *flags, frames=64):
        self.player = name
        super().__init__(f"jam-{name}", host.command(
            executable(), "jam", invitation, "--json", "--name", name, "--device", "paced",
            "--frames", str(frames), *flags), {"XDG_CONFIG_HOME": f"/dev/shm/{host.name}"})
        self.wait_for_event("joined", 20)

    def hears(self, name, since=0.0):
        return [word for word in list(self.said)
                if word.get("player") == name and "delayMs" in word and word["t"] >= since]

    def wait_to_hear(self, name, seconds=15, path=None):
        """Now: who was heard before need not be heard any more. Answers after how many seconds, or None."""
        since = hostclock.micros()

        def heard():
            return any(word["heard"] and path in (None, word["path"]) for word in self.hears(name, since)[-1:])
        return (hostclock.micros() - since) / 1e6 if hostclock.wait_until(heard, seconds) else None


def _isolate(switch, hosts, isolated):
    for host in hosts:
        subprocess.run(["ip", "link", "set", f"{switch.name}p{host.number}", "type", "bridge_slave", "isolated", isolated],
                       check=True)


def keep_apart(switch, *hosts):
    """What one of them sends reaches everybody but the others of them, as guests on a Wi-Fi are kept."""
    _isolate(switch, hosts, "on")


def let_meet(switch, *hosts):
    _isolate(switch, hosts, "off")


class Toll:
    """Counts packets and bytes at a host's own door, before its programs see them: `Toll(host, name=(where, rule))`
    with `where` "in" or "out", and `rule` as nft writes it."""

    def __init__(self, host, **counters):
        self._host = host
        lines = ["table inet toll {", *(f"  counter {name} {{ }}" for name in counters)]
        for where, hook in (("in", "prerouting"), ("out", "postrouting")):
            lines += [f"  chain {where}going {{", f"    type filter hook {hook} priority -400;"]
            lines += [f"    {rule} counter name {name}" for name, (there, rule) in counters.items() if there == where]
            lines.append("  }")
        script = "\n".join([*lines, "}"])
        done = subprocess.run(host.command("nft", "-f", "-"), input=script, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"nft: {done.stderr}\n{script}")

    def read(self):
        """{name: (packets, bytes)}, IP heads included."""
        listed = json.loads(self._host.run("nft", "-j", "list", "counters"))["nftables"]
        counters = [entry["counter"] for entry in listed if "counter" in entry]
        return {counter["name"]: (counter["packets"], counter["bytes"]) for counter in counters}


def capture(host, is_wanted, count=1, seconds=10):
    """UDP payloads that cross a host's door and are wanted: `is_wanted(source, target, payload)` with (address, port)."""
    tap = host.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
    tap.bind(("lan0", EVERY_PROTOCOL))
    tap.settimeout(0.2)
    found, until = [], time.monotonic() + seconds
    while len(found) < count and time.monotonic() < until:
        try:
            packet = tap.recv(2000)
        except TimeoutError:
            continue
        head = (packet[0] & 15) * 4
        if packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_UDP or len(packet) < head + 8:
            continue
        udp = packet[head:]
        source = (socket.inet_ntoa(packet[12:16]), int.from_bytes(udp[0:2], "big"))
        target = (socket.inet_ntoa(packet[16:20]), int.from_bytes(udp[2:4], "big"))
        if is_wanted(source, target, udp[8:]):
            found.append(udp[8:])
    tap.close()
    return found
