"""The part of a home router that opens ports when a program of the home asks it to, by PCP (RFC 6887), NAT-PMP
(RFC 6886) or UPnP, and does so in nftables. Says one JSON object for each port that it opens or closes.

Runs on the router: python3 router_box.py --inside 192.168.4.1 --outside 10.77.0.3 --interface lan0
[--speak pcp|nat-pmp|upnp] [--deny] [--shift N]
"""
import argparse
import ipaddress
import json
import socket
import struct
import subprocess
import time

import upnp_box

PORT = 5351
NOT_AUTHORIZED, UNSUPPORTED_VERSION = 2, 1
PROTOCOLS = {6: "tcp", 17: "udp"}


class Walls:
    """What is let in, in a table of its own."""

    def __init__(self, options):
        self._options = options
        self._open = {}
        self._rule()

    def open(self, protocol, outside, home, port):
        self._open[(protocol, outside)] = (home, port)
        self._rule()
        self._tell("opened", protocol, outside, port)

    def close(self, protocol, home, port):
        for key in [key for key, value in self._open.items() if key[0] == protocol and value == (home, port)]:
            self.close_outside(*key)

    def close_outside(self, protocol, outside):
        _, port = self._open.pop((protocol, outside))
        self._rule()
        self._tell("closed", protocol, outside, port)

    def _tell(self, event, protocol, outside, port):
        print(json.dumps({"event": event, "protocol": protocol, "outside": outside, "port": port}), flush=True)

    def _rule(self):
        lines = ["table ip ports {}", "flush table ip ports", "table ip ports {", "  chain in {",
                 "    type nat hook prerouting priority -110;"]
        lines += [f'    iifname "{self._options.interface}" {protocol} dport {outside} dnat to {home}:{port}'
                  for (protocol, outside), (home, port) in self._open.items()]
        subprocess.run(["nft", "-f", "-"], input="\n".join([*lines, "  }", "}"]), text=True, check=True)


class Box:
    def __init__(self, options, walls):
        self._options = options
        self._walls = walls
        self._began = time.monotonic()

    def answer(self, question, home):
        speaks = self._options.speak
        if speaks == "upnp" or len(question) < 2:
            return None
        if question[0] == 0:
            return self._nat_pmp(question, home)
        if speaks == "nat-pmp":
            return self._head(question[1], UNSUPPORTED_VERSION)
        return self._pcp(question, home)

    def _epoch(self):
        return int(time.monotonic() - self._began)

    def _head(self, opcode, result):
        return struct.pack("!BBHI", 0, 0x80 | opcode, result, self._epoch())

    def _map(self, protocol, home, port, wished, lifetime):
        if lifetime == 0:
            self._walls.close(protocol, home, port)
            return 0
        outside = (wished or port) + self._options.shift
        self._walls.open(protocol, outside, home, port)
        return outside

    def _nat_pmp(self, question, home):
        opcode = question[1]
        if opcode == 0:
            return self._head(0, 0) + socket.inet_aton(self._options.outside)
        if opcode not in (1, 2) or len(question) < 12:
            return self._head(opcode, 5)
        if self._options.deny:
            return self._head(opcode, NOT_AUTHORIZED) + question[4:8] + bytes(4)
        port, wished, lifetime = struct.unpack("!HHI", question[4:12])
        wished = port if wished == port + self._options.shift else wished  # a renewal
        outside = self._map("udp" if opcode == 1 else "tcp", home, port, wished, lifetime)
        return self._head(opcode, 0) + struct.pack("!HHI", port, outside, lifetime)

    def _pcp(self, question, home):
        if len(question) < 60 or question[1] != 1:
            return None
        client = ipaddress.ip_address(question[8:24]).ipv4_mapped
        protocol, port, wished = question[36], *struct.unpack("!HH", question[40:44])
        lifetime = struct.unpack("!I", question[4:8])[0]
        result = NOT_AUTHORIZED if self._options.deny else 12 if str(client) != home else 0
        wished = port if wished == port + self._options.shift else wished
        outside = 0 if result else self._map(PROTOCOLS[protocol], home, port, wished, lifetime)
        return (struct.pack("!BBBBII", 2, 0x81, 0, result, 60 if result else lifetime, self._epoch()) + bytes(12)
                + question[24:40] + struct.pack("!HH", port, outside)
                + bytes(10) + b"\xff\xff" + socket.inet_aton(self._options.outside))


def read():
    parser = argparse.ArgumentParser()
    for name in ("--inside", "--outside", "--interface"):
        parser.add_argument(name, required=True)
    parser.add_argument("--speak", choices=("pcp", "nat-pmp", "upnp"), default="pcp")
    parser.add_argument("--deny", action="store_true")
    parser.add_argument("--shift", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    wanted = read()
    inside_walls = Walls(wanted)
    box = Box(wanted, inside_walls)
    if wanted.speak == "upnp":
        upnp_box.start(wanted, inside_walls)
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.bind((wanted.inside, PORT))
    print(json.dumps({"event": "ready"}), flush=True)
    while True:
        asked, asker = door.recvfrom(1100)
        said = box.answer(asked, asker[0])
        if said is not None:
            door.sendto(said, asker)
