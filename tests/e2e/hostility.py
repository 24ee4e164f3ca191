"""W-9 of our own checklist: junk to all sockets (spec link 12). The music goes on."""
import os
import random
import re
import socket
import sys
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
from duo import Duo, expect_peers, expect_tempo  # noqa: E402
from process_watch import descriptors, resident_kilobytes, udp_sockets  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together, largest_jump  # noqa: E402

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "link")
DATAGRAMS = 4000


def real_packets():
    for name in sorted(os.listdir(FIXTURES)):
        if name.endswith(".hex"):
            with open(os.path.join(FIXTURES, name), encoding="utf-8") as file:
                digits = "".join(line for line in file if not line.startswith("#"))
            yield bytes.fromhex(re.sub(r"\s", "", digits))


def junk(dice, packets):
    """One datagram nobody should send: a real one bent, cut, or stretched, or noise behind a good beginning."""
    packet = bytearray(dice.choice(packets))
    kind = dice.randrange(6)
    if kind == 0:
        return bytes(packet[:dice.randrange(len(packet))])
    if kind == 1:
        return bytes(packet) + dice.randbytes(dice.choice([1, 7, 500, 1400]))
    if kind == 2:
        return bytes(packet[:dice.choice([8, 9, 20])]) + dice.randbytes(dice.randrange(490))
    if kind == 3:
        return dice.randbytes(dice.randrange(1400))
    if kind == 4:
        return b""
    for _ in range(dice.randrange(1, 8)):
        packet[dice.randrange(len(packet))] = dice.randrange(256)
    return bytes(packet)


def shower(dice, packets, host, targets):
    """From a host, at every socket of the other one, and at the groups."""
    senders = {family: host.socket(family, socket.SOCK_DGRAM) for family in (socket.AF_INET, socket.AF_INET6)}
    for number in range(DATAGRAMS):
        family, address = dice.choice(targets)
        try:
            senders[family].sendto(junk(dice, packets), address)
        except OSError:
            pass  # what the sender's own kernel refuses is no test of ours
        if number % 50 == 0:
            time.sleep(0.005)  # or the receiver's queue throws most of it away
    for sender in senders.values():
        sender.close()


def targets_of(duo, tutti):
    found = []
    for family, port in udp_sockets(tutti.pid):
        if family == socket.AF_INET:
            found += [(family, (duo.tutti_host.address(), port)), (family, ("127.0.0.1", port))]
        else:
            found.append((family, (duo.tutti_host.link_local(), port, 0, duo.hut_host.interface_index())))
    return found + [(socket.AF_INET, ("224.76.78.75", 20808))]


if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 20808
    with Story(f"junk to all sockets, seed {seed}") as story:
        duo = Duo()
        duo.hut.set_tempo(124)
        duo.hut.enable()
        duo.hut.play()
        time.sleep(1)
        tutti = duo.tutti()
        expect_peers(story, 1, duo.hut, tutti)
        time.sleep(2)
        targets = targets_of(duo, tutti)
        story.note(f"{len(targets)} sockets and groups: {sorted({address[1] for _, address in targets})}")
        story.expect("there are sockets of both families", {family for family, _ in targets} == {socket.AF_INET, socket.AF_INET6})
        before_it = tutti.session
        before, files, since = resident_kilobytes(tutti.pid), descriptors(tutti.pid), hostclock.micros()

        dice, packets = random.Random(seed), list(real_packets())
        for name, host in (("neighbour", duo.hut_host), ("own host", duo.tutti_host)):
            started = time.monotonic()
            shower(dice, packets, host, targets)
            story.note(f"{DATAGRAMS} datagrams from the {name} in {time.monotonic() - started:.1f} s")
        story.expect("Tutti runs", tutti.is_running(), tutti.complaints()[-300:])
        over = hostclock.micros()
        hostclock.wait_until(lambda: tutti.said(over), 5)  # it says a word a second, and one with each change
        sessions = {status["session"] for status in tutti.said(since)}
        story.expect("its session is the same all the time", sessions == {before_it}, sorted(sessions))
        expect_tempo(story, "the tempo is still 124", 124, duo.hut, tutti)
        jump = largest_jump(tutti.said(since))
        story.expect_in_time("its beat did not jump", jump < 1000, f"{jump:.0f} µs")
        expect_together(story, "after the junk", duo.recorder, "hut", tutti, bars=True)
        time.sleep(7)  # whoever the junk made up is forgotten
        expect_peers(story, 1, duo.hut, tutti)
        duo.hut.set_tempo(127)
        expect_tempo(story, "it still listens", 127, duo.hut, tutti)
        grown = resident_kilobytes(tutti.pid) - before
        story.expect("no descriptor more", descriptors(tutti.pid) == files)
        story.expect("not much memory more", grown < 4096, f"{grown} kB")
        duo.leave(tutti)
