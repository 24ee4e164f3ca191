"""Hosts (network namespaces) and what lies between them: a cable, a switch, or a wire that behaves badly."""
import ctypes
import itertools
import json
import os
import socket
import subprocess
import threading

import slow_motion
import world
from program import Program


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class Host:
    """A machine on the network. Its clock is everyone's, so the true offset between hosts is zero."""

    _numbers = itertools.count(1)

    def __init__(self, name):
        self.name = name
        self.number = next(self._numbers)
        ip("netns", "add", name)
        # Addresses must work at once, as they do minutes after a real machine was plugged in.
        self.run("sysctl", "-qw", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0")
        self.ip("link", "set", "lo", "up")

    def command(self, *argv):
        return ["ip", "netns", "exec", self.name, *argv]

    def run(self, *argv):
        return subprocess.run(self.command(*argv), check=True, capture_output=True, text=True).stdout

    def ip(self, *words):
        ip("-n", self.name, *words)

    def socket(self, family, kind):
        """A socket of this host. The visit is a thread's, so nobody else is moved."""
        made = []
        visitor = threading.Thread(target=lambda: made.append(self._socket_there(family, kind)))
        visitor.start()
        visitor.join()
        return made[0]

    def _socket_there(self, family, kind):
        there = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
        if ctypes.CDLL(None, use_errno=True).setns(there, 0) != 0:
            raise OSError(ctypes.get_errno(), f"cannot visit {self.name}")
        os.close(there)
        return socket.socket(family, kind)

    def address(self, subnet=0):
        return f"10.77.{subnet}.{self.number}"

    def interface_index(self, interface="lan0"):
        return int(self.run("cat", f"/sys/class/net/{interface}/ifindex"))

    def link_local(self, interface="lan0"):
        listed = json.loads(self.run("ip", "-j", "-6", "address", "show", "dev", interface))
        return next(a["local"] for a in listed[0]["addr_info"] if a["scope"] == "link")

    def configure(self, interface, subnet=0, ipv4=True):
        """IPv6 link-local comes by itself. Multicast needs a route when there is no IPv4 address."""
        if ipv4:
            self.ip("address", "add", f"{self.address(subnet)}/24", "dev", interface)
        self.ip("link", "set", interface, "up")

    def leave(self):
        """The machine goes, with its interfaces."""
        ip("netns", "delete", self.name)

    def unplug(self, interface):
        self.ip("link", "delete", interface)


def cable(a, b, interface="lan0", subnet=0, ipv4=True):
    """Two hosts, back to back: the quietest network there is."""
    ip("link", "add", interface, "netns", a.name, "type", "veth", "peer", "name", interface, "netns", b.name)
    for host in (a, b):
        host.configure(interface, subnet, ipv4)


class Switch:
    """Any number of hosts on one segment."""

    _numbers = itertools.count()

    def __init__(self, *hosts, interface="lan0", subnet=0):
        self.interface = interface
        self.subnet = subnet
        self.name = f"switch{next(self._numbers)}"
        ip("link", "add", self.name, "type", "bridge", "mcast_snooping", "0")
        ip("link", "set", self.name, "up")
        for host in hosts:
            self.plug(host)

    def plug(self, host):
        port = f"{self.name}p{host.number}"
        ip("link", "add", port, "master", self.name, "type", "veth",
           "peer", "name", self.interface, "netns", host.name)
        ip("link", "set", port, "up")
        host.configure(self.interface, self.subnet)

    def unplug(self, host):
        host.unplug(self.interface)


class Wire:
    """A segment that delays, loses and shuffles: see `wire --help`. Impairments hold for all directions;
    `towards={host: {...}}` adds some for one."""

    def __init__(self, *hosts, interface="lan0", subnet=0, seed=1, towards=None, **impairments):
        argv = [world.built("wire"), "--seed", str(seed), *self._options(impairments)]
        if slow_motion.asked() > 1:  # a timer is late by as much as ever, so less of slow time
            argv += ["--spin", f"{max(1000.0, 60_000 / slow_motion.asked()):.0f}ns"]
        for host in hosts:
            argv += ["--port", f"{host.name}:{interface}", *self._options((towards or {}).get(host, {}))]
        self._program = Program("wire", argv)
        self._program.wait_for_line(lambda line: "ready" in line, 5, "the wire's interfaces")
        for host in hosts:
            host.configure(interface, subnet)

    @staticmethod
    def _options(impairments):
        for name, value in impairments.items():
            yield "--" + name.replace("_", "-")
            if value is not True:
                yield str(value)

    def cut(self):
        """Takes the segment away and returns what it did."""
        self._program.stop()
        return json.loads(self._program.lines()[-1][1])
