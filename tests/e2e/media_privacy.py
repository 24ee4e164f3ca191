"""Our media on the wire: any tool reads it as RTP, and nobody on the way can hear or find what is played."""
import base64
import collections
import os
import random
import socket
import struct
import subprocess
import wave

import world

world.enter("ip", "tshark")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve, Speaker, home  # noqa: E402
from memory_scan import found_in_memory  # noqa: E402
from stage import StageBox, keep_apart  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

FRAMES = 64  # of a packet, and of the noise that is played again and again
CAPTURE = "/dev/shm/capture.pcap"
NOISE = "/dev/shm/noise.wav"
SECONDS = 4


def noise():
    dice = random.Random(20808)
    return [dice.randrange(-20_000, 20_000) for _ in range(2 * FRAMES)]


def write_noise(samples):
    with wave.open(NOISE, "wb") as file:
        file.setparams((2, 2, 48_000, FRAMES, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def shapes_of(samples):
    """A few frames of it, as they look in any format that we or a codec could leave them in."""
    shapes = {}
    for first in (0, FRAMES):  # a packet's border may lie in one, not in both
        few = samples[first:first + 8]
        floats = [value / 32768 for value in few]
        shapes |= {
            f"16 bit, network order, from {first // 2}": struct.pack(">8h", *few),
            f"16 bit, little endian, from {first // 2}": struct.pack("<8h", *few),
            f"24 bit, network order, from {first // 2}": b"".join((value << 8 & 0xffffff).to_bytes(3, "big") for value in few),
            f"24 bit, little endian, from {first // 2}": b"".join((value << 8 & 0xffffff).to_bytes(3, "little") for value in few),
            f"floats, network order, from {first // 2}": struct.pack(">8f", *floats),
            f"floats, from {first // 2}": struct.pack("<8f", *floats),
            f"floats, left alone, from {first // 2}": struct.pack("<4f", *floats[::2]),
        }
    return shapes


def key_of(invitation):
    """The room's key as it is written in the invitation, and as bytes."""
    text = invitation.split("#v1.")[1].split(".")[0]
    return {"the key as text": text.encode(), "the key": base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))}


def serve_untold(host, listening):
    """A server like the one before, at the same place, that nobody has told of a room: its members open it again."""
    port = listening["http"].rsplit(":", 1)[1]
    serve = Speaker("serve", host.command(
        executable(), "serve", "--json", "--listen", host.address(), "--http-port", port,
        "--udp-port", str(listening["udp"])), home(host))
    serve.wait_for_event("listening")
    return serve


def capture(host, meanwhile):
    """All that crosses the host's door for some seconds, in a file."""
    tap = subprocess.Popen(host.command("tshark", "-q", "-i", "lan0", "-f", "udp", "-w", CAPTURE, "-a", f"duration:{SECONDS}"),
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hostclock.wait_until(lambda: os.path.exists(CAPTURE) and os.path.getsize(CAPTURE) > 10_000, SECONDS)
    meanwhile()
    tap.wait(SECONDS + 20)


def read_as_rtp(port, source):
    """(sequence number, timestamp, SSRC, payload type) of each packet, as tshark understands them."""
    done = subprocess.run(
        ["tshark", "-r", CAPTURE, "-d", f"udp.port=={port},rtp", "-Y", f"rtp.version == 2 && ip.src == {source}",
         "-T", "fields", "-e", "rtp.seq", "-e", "rtp.timestamp", "-e", "rtp.ssrc", "-e", "rtp.p_type"],
        check=True, capture_output=True, text=True)
    fields = [line.split("\t") for line in done.stdout.splitlines()]
    return [(int(seq), int(stamp), int(ssrc, 16), int(kind)) for seq, stamp, ssrc, kind in fields if kind]


def as_rtp(story, port, ana):
    story.chapter("tshark reads it")
    packets = read_as_rtp(port, ana.address())
    ssrc = collections.Counter(packet[2] for packet in packets).most_common(1)[0][0] if packets else 0
    media = [packet for packet in packets if packet[2] == ssrc]
    story.note(f"{len(packets)} packets of RTP from ana, {len(media)} of SSRC {ssrc:#x}")
    story.expect("as RTP, one packet for each block", len(media) > 0.9 * 48_000 / FRAMES * (SECONDS - 1), len(media))
    pairs = list(zip(media, media[1:]))
    in_order = sum((b[0] - a[0]) % 65536 == 1 for a, b in pairs)
    in_time = sum((b[1] - a[1]) % 2**32 == FRAMES for a, b in pairs)
    story.expect("numbered one by one", in_order >= 0.99 * len(pairs), f"{in_order} of {len(pairs)}")
    story.expect("with the time of their first frame", in_time >= 0.99 * len(pairs), f"{in_time} of {len(pairs)}")
    story.expect("in a dynamic payload type", {packet[3] for packet in media} <= set(range(96, 128)),
                 {packet[3] for packet in media})


def shout_plainly(ana, server, samples):
    """One packet as others send it: what the search must find."""
    plain = ana.socket(socket.AF_INET, socket.SOCK_DGRAM)
    plain.sendto(b"\x80\x60" + bytes(10) + struct.pack(f">{len(samples)}h", *samples), (server.address(), 9))
    plain.close()


def on_the_wire(story, shapes):
    story.chapter("what is on the wire")
    with open(CAPTURE, "rb") as file:
        content = file.read()
    found = {name: content.count(shape) for name, shape in shapes.items() if shape in content}
    plainly = {name: 1 for name in shapes if name.startswith("16 bit, network order")}
    story.note(f"searched {len(content)} bytes")
    story.expect("the noise is seen in the one packet that was sent plainly, and nowhere else", found == plainly, found)


def in_memory(story, serve, ana, ben, shapes, key):
    story.chapter("what is in memory")
    everything = shapes | key
    hers, his = found_in_memory(ana.pid, everything), found_in_memory(ben.pid, everything)
    story.note(f"ana: {hers}; ben: {his}")
    story.expect("ana has the noise, and the room's key", any("float" in name for name in hers) and "the key" in hers)
    story.expect("ben has it as it was on its way, once opened", any("16 bit" in name for name in his))
    found = [found_in_memory(serve.pid, everything) for _ in range(20)]
    story.expect("the server has neither, whenever one looks", not any(found), [one for one in found if one])


if __name__ == "__main__":
    with Story("nobody on the way can hear") as story:
        server, ana_host, ben_host = (lan.Host(name) for name in ("server", "ana", "ben"))
        keep_apart(lan.Switch(server, ana_host, ben_host), ana_host, ben_host)
        samples = noise()
        write_noise(samples)
        told = Serve(server)
        ana = StageBox(ana_host, told.invitation, "ana", "--input", NOISE, "--format", "pcm16", frames=FRAMES)
        ben = StageBox(ben_host, told.invitation, "ben", frames=FRAMES)
        story.expect("ben hears ana, through the forwarder", ben.wait_to_hear("ana", path="forwarder"))
        key = key_of(told.invitation)
        story.note(f"the server that printed the invitation has in memory: {found_in_memory(told.pid, key)}")
        told.kill()
        serve = serve_untold(server, told.listening)
        story.expect("again, after the server was started anew without being told of the room",
                     hostclock.wait_until(lambda: serve.events("second") and serve.events("second")[-1]["members"] == 2
                                          and serve.events("second")[-1]["packetsOut"] > 1000, 15))
        shapes = shapes_of(samples)
        capture(server, lambda: shout_plainly(ana_host, server, samples))
        as_rtp(story, told.listening["udp"], ana_host)
        on_the_wire(story, shapes)
        in_memory(story, serve, ana, ben, shapes, key)
        for one in (ana, ben, serve):
            one.stop()
        os.remove(CAPTURE)
