#!/usr/bin/env python3
"""Writes the seeds of the fuzz corpora: real packets, and stories for the node. File names tell what they show.

Run it after adding a seed, or after changing how NodeStory reads its steps. What the fuzzer itself found worth
keeping lies in the same folders as found-*, and is left alone.
"""
import pathlib

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures" / "link"


def seed(target, name, content):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def payload(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return bytes.fromhex("".join(lines))


def real_packets():
    for path in sorted(FIXTURES.glob("*.hex")):
        bytes_ = payload(path)
        if bytes_.startswith(b"_asdp_v\x01"):
            seed("discovery", path.stem, bytes_)
        else:
            seed("measurement", path.stem, bytes_)
            seed("node", "raw-" + path.stem, ENABLED + step(SAY, 0, ALIVE) + step(RAW, 0, 1, *bytes_))


def entry(key, value):
    return key + len(value).to_bytes(4, "big") + value


def broken_packets():
    alive = payload(FIXTURES / "alive-v3-ipv4.hex")
    unknown = entry(b"what", b"ever")
    seed("discovery", "unknown-entry-first", alive[:20] + unknown + alive[20:])
    seed("discovery", "timeline-said-twice", alive + alive[20:52])
    seed("discovery", "entry-longer-than-the-packet", alive[:-12] + b"mep4\xff\xff\xff\xff" + alive[-6:])
    seed("discovery", "torn-in-an-entry-head", alive[:25])
    seed("discovery", "foreign-group", alive[:10] + b"\x00\x01" + alive[12:])
    seed("discovery", "origins-at-the-ends", alive[:28] + b"\x00" * 7 + b"\x01" + b"\x7f" + b"\xff" * 7
         + b"\x80" + b"\x00" * 7 + alive[52:])


ADDRESSES = {
    "ipv4": b"192.168.1.20", "ipv6-link-local": b"fe80::1", "ipv6-mapped-ipv4": b"::ffff:10.0.0.1",
    "ipv6-longest": b"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "hidden-tail": b"10.0.0.1\x00evil",
    "octal-looking": b"010.0.0.1", "scope": b"fe80::1%eth0",
}

# The steps of NodeStory.cpp, in its order.
(OPEN, CLOSE, ENABLE, DISABLE, PASS, PASS2, DESCRIBE, HABITS, SAY, SAY2, RAW, PING, PONG, FLOOD, COMMIT,
 EDIT) = range(16)
MICRO, HUNDRED_MICROS, TEN_MILLIS, HEARTBEAT, SECOND, MINUTE = range(6)
ALIVE, ALIVE2, RESPONSE, BYEBYE = range(4)
SESSION, TEMPO, BEAT, TIME, START_STOP, CLOCK, ENDPOINT, IDENTITY = (1 << bit for bit in range(8))
ANSWERS, ANNOUNCES = 1, 2
OURS = 6


def step(kind, *decisions):
    return bytes([kind, len(decisions), *decisions])


def near(centre, scale=0, by=0):
    """Two bytes that Draw::number reads as centre + by * scale."""
    names = ["zero", "now", "wire", "-wire", "half", "-half", "max", "min", "most", "-most"]
    return names.index(centre) + 10 * scale, by % 256


ENABLED = step(ENABLE) + step(OPEN, 0, 1)
OLDER = step(DESCRIBE, 0, CLOCK, *near("now", 2, 100))  # far ahead of ours: a session that runs longer
JOINED = ENABLED + OLDER + step(HABITS, 0, ANSWERS | ANNOUNCES, 10) + step(PASS, SECOND, 2, 0)
FOLLOWS = step(COMMIT, 4 | 8)


def stories():
    return {
        "alone": ENABLED + step(PASS, SECOND, 3, 0),
        "joins-an-older-session": JOINED,
        "joins-and-refines-for-a-while": JOINED + step(PASS, SECOND, 35, 0),
        "joined-by-a-younger": ENABLED + step(PASS, SECOND, 3, 0) + step(DESCRIBE, 0, SESSION, OURS)
        + step(HABITS, 0, ANSWERS | ANNOUNCES, 5) + step(PASS, SECOND, 5, 0),
        "tempo-from-a-peer": JOINED + step(DESCRIBE, 0, TEMPO | BEAT, *near("zero", 3, 3), *near("zero", 2, 50))
        + step(PASS, SECOND, 1, 0),
        "start-from-a-peer": JOINED + FOLLOWS + step(DESCRIBE, 0, START_STOP, 1, *near("zero", 2, 4), *near("now"))
        + step(PASS, SECOND, 1, 0),
        "start-in-the-far-future": JOINED + FOLLOWS
        + step(DESCRIBE, 0, START_STOP, 1, *near("zero", 2, 4), *near("wire")) + step(PASS, SECOND, 1, 0)
        + step(EDIT, *near("now"), *near("zero"), *near("now", 2, 4), 3) + step(PASS, SECOND, 1, 0),
        "origin-at-the-end": JOINED + step(DESCRIBE, 0, BEAT | TIME, *near("wire"), *near("-wire"))
        + step(PASS, SECOND, 1, 0) + step(EDIT, *near("now"), *near("zero"), *near("now"), 0, 30)
        + step(PASS, SECOND, 1, 0),
        "session-of-absurd-age": ENABLED + step(DESCRIBE, 0, CLOCK, *near("wire"))
        + step(HABITS, 0, ANSWERS | ANNOUNCES, 1) + step(PASS, SECOND, 3, 0) + step(PING, 1, 0, 0),
        "last-peer-leaves": JOINED + step(HABITS, 0, 0, 0) + step(SAY, 0, BYEBYE) + step(PASS, SECOND, 1, 0),
        "last-peer-falls-silent": JOINED + step(HABITS, 0, 0, 0) + step(PASS, SECOND, 8, 0),
        "asleep-for-minutes": JOINED + step(PASS, MINUTE, 10, 1) + step(PASS, SECOND, 5, 0),
        "endpoint-is-dead": ENABLED + step(HABITS, 0, ANNOUNCES, 0) + step(PASS, SECOND, 2, 0),
        "endpoint-of-a-third-party": ENABLED + step(DESCRIBE, 0, ENDPOINT, 1) + step(HABITS, 0, ANNOUNCES, 0)
        + step(PASS, SECOND, 1, 0),
        "answers-with-a-foreign-session": ENABLED + OLDER + step(HABITS, 0, ANNOUNCES, 0) + step(SAY, 0, ALIVE)
        + step(PONG, 0, 0, 1, *near("now"), *near("now")) + step(PASS, SECOND, 1, 0),
        "from-outside": ENABLED + step(SAY, 5, ALIVE) + step(PING, 5, 3, 0) + step(PASS, SECOND, 1, 0),
        "on-ipv6": step(ENABLE) + step(OPEN, 1, 1) + step(DESCRIBE, 2, CLOCK, *near("now", 2, 9))
        + step(HABITS, 2, ANSWERS | ANNOUNCES, 3) + step(PASS, SECOND, 3, 0),
        "on-loopback": step(ENABLE) + step(OPEN, 2, 1) + step(DESCRIBE, 3, CLOCK, *near("now", 2, 9))
        + step(HABITS, 3, ANSWERS | ANNOUNCES, 0) + step(PASS, SECOND, 3, 0) + step(PING, 3, 255, 1),
        "two-roads-one-breaks": JOINED + step(OPEN, 3, 2) + step(DESCRIBE, 4, SESSION, 0) + step(
            HABITS, 4, ANSWERS | ANNOUNCES, 9) + step(PASS, SECOND, 2, 0) + step(CLOSE, 0) + step(PASS, SECOND, 2, 0),
        "three-sessions-merge": ENABLED + OLDER + step(DESCRIBE, 1, CLOCK, *near("now", 3, 100))
        + step(HABITS, 0, ANSWERS | ANNOUNCES, 40) + step(HABITS, 1, ANSWERS | ANNOUNCES, 20)
        + step(PASS, SECOND, 3, 0),
        "off-and-on": JOINED + step(DISABLE) + step(PASS, SECOND, 1, 0) + ENABLED + step(PASS, SECOND, 2, 0),
        "opened-twice": JOINED + step(OPEN, 0, 9) + step(PASS, SECOND, 9, 0),
        "pinged-too-often": ENABLED + step(SAY, 0, ALIVE) + step(PING, 0, 255, 0) + step(PING, 0, 255, 1)
        + step(PASS, SECOND, 1, 0) + step(PING, 0, 255, 1),
        "flood-of-ids-from-one": ENABLED + step(FLOOD, 0, 250, 1, 1, 1, 255) + step(FLOOD, 0, 250, 1, 1, 2, 255)
        + step(PASS, SECOND, 8, 0),
        "flood-of-ids-from-eight": ENABLED + step(FLOOD, 0, 250, 7, 1, 1, 255)
        + step(PASS, SECOND, 1, 0),
        "flood-of-ids-into-our-session": ENABLED + step(FLOOD, 0, 40, 2, 0, 1, 1, OURS) + step(PASS, SECOND, 3, 0),
        "names-our-own-id": ENABLED + step(DESCRIBE, 0, IDENTITY, 0) + step(SAY, 0, ALIVE) + step(PASS, SECOND, 1, 0),
        "new-id-from-the-same-port": JOINED + step(DESCRIBE, 0, IDENTITY, 1, 1) + step(PASS, SECOND, 2, 0),
        "weird-commit": JOINED + step(COMMIT, 1, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0, *near("max"), *near("min"))
        + step(COMMIT, 2, 1, *near("max")) + step(PASS, SECOND, 1, 0),
        "weird-quantum": JOINED + step(EDIT, *near("max"), *near("max"), *near("-most"), 1)
        + step(EDIT, *near("now"), *near("min"), *near("most"), 2) + step(PASS, SECOND, 1, 0),
        "count-in": JOINED + FOLLOWS + step(EDIT, *near("now"), *near("zero", 2, -4), *near("zero", 2, 4), 5)
        + step(PASS, SECOND, 4, 0) + step(EDIT, *near("now"), *near("zero"), *near("zero"), 4),
    }


SETTINGS = {
    "as-written": b"tempo: 128.5\nquantum: 4\nlink:\n  enabled: true\n  startStopSync: false\nwindow:\n  colours: light\n"
                  b"  x: -1\n  y: 20\n  width: 960\n  height: 640\n  maximized: false\n",
    "out-of-range": b"tempo: 1e400\nquantum: -3\nwindow: {width: 7, height: 99999999999}\n",
    "wrong-kinds": b"tempo: [1]\nlink: yes\nwindow: {maximized: maybe, colours: pink}\n? {a: b}\n: c\n",
    "not-a-number": b"tempo: .nan\nquantum: .inf\n",
    "empty": b"",
    "a-list": b"- 1\n- 2\n",
    "torn": b"tempo: 12\nlink:\n  enabl",
    "deep": b"[" * 600,
    "anchors": b"a: &a {b: 1}\nlink: *a\nwindow: {<<: *a}\n",
    "control-codes": b"\"\\x1b[2J\": 1\ntempo: \"\\a\\n\"\n",
}


def trials():
    """Decisions of measurement.cpp: join or probe, then steps."""
    def answered(times, leap):
        return bytes([2, times - 1, *near("now"), 10, leap])
    return {
        "trial-answered": bytes([1]) + answered(60, 0),
        "trial-refined": bytes([1]) + answered(60, 0) + (bytes([0, 10]) + answered(1, 0)) * 120,
        "trial-clock-leaps": bytes([1]) + answered(64, 50) * 30,
        "trial-says-nothing": bytes([0]) + bytes([3, 1, *near("zero"), *near("now"), *near("zero")]) * 20,
        "trial-absurd-clock": bytes([0]) + bytes([2, 40, *near("-wire"), 1, 0]),
        "trial-silence": bytes([1, 0, 255]),
    }


RTP = {
    "plain": "80e01234deadbeef00070001112233",
    "extensions": "906000010000000200000003bede0002130a0b0c0d207f00112233",
    "sources-and-foreign-extension-and-padding": "b160000100000002000000030909090910000001080808081122330002",
    "element-beyond-its-extension": "906000010000000200000003bede00021f0a0b0c0d207f00112233",
    "padding-of-nothing": "a0e01234deadbeef00070001112200",
}
RED = {
    "pair": "e001000260" + "0102030405",
    "three": "e0020002e001000260" + "01020304050607",
    "alone": "60" + "0102",
    "heads-without-end": "ff" * 40,
    "block-beyond-the-end": "e00103ff60" + "0102",
}
RTCP = {
    "receiver-report": "81c900070009000100070001" "40fffffe00010005" "0000000c1122334400010000"
                       "81ca0003000900010104616e6e610000",
    "sender-report-and-bye": "80c8000600090001" "0123456789abcdef" "000000010000000200000003"
                             "81cb000100090001",
    "promises-31-blocks": "9fc900070009000100070001" "40fffffe00010005" "0000000c1122334400010000",
    "name-beyond-the-end": "80c9000100090001" "81ca00020009000101ff6162",
    "ends-in-a-head": "80c90001000900018" "1ca00",
}


def intake_stories():
    """Of intake.cpp: the codec, then packets as `type, size, on time?, (count), wait, payload`."""
    pcm = step(0, 1, 26, *([0, 64] * 64))
    opus = step(1, 1, 26, 0xe4, *range(1, 60))
    red = step(2, 1, 26, 0xe0, 0x01, 0x00, 0x04, 0x60, *([1, 0] * 4))
    far = step(0, 0, 0x7f, *([0xff] * 7), 26, *([0, 64] * 8))
    return {"pcm": b"\0" + pcm * 20, "opus": b"\1" + opus * 20, "redundant": b"\0" + (pcm + red) * 10,
            "leaps": b"\0" + (pcm * 3 + far) * 5, "nobody-announced": b"\0" + step(3, 5, 1, 26) * 3}


def media():
    for name, story in intake_stories().items():
        seed("intake", name, story)
    for name, story in relays().items():
        seed("relay", name, bytes(story))
    for name, story in own_relays().items():
        seed("relays", name, bytes(story))
    for target, packets in ("rtp", RTP), ("red", RED), ("rtcp", RTCP), ("turn", TURN):
        for name, digits in packets.items():
            seed(target, name, bytes.fromhex(digits))


# What a TURN server says on a stream, to a client whose peer is 198.51.100.20:7000 on channel 0x4001.
TURN = {
    "channel-data": "40010005 6162636465000000 40010000",
    "data-indication": "0017001c 2112a442 000000000000000000000000 0012000800013a4ae721c056 0013000461626364 8022000461626364",
    "answer-then-channel-data": "01010000 2112a442 000000000000000000000000 4001000161000000",
    "speaks-http": "474554202f20485454502f312e310d0a0d0a",
    "longer-than-a-frame": "4001ffff 61626364",
    "torn-in-a-head": "400100",
}

# The steps of relay.cpp: what, how, more.
LATER, RAW_SERVER, RAW_STRANGER, REPLY = range(4)
PERMIT, BIND, FORGET, RENEW, SUSPECT, START = range(6, 12)
GRANTED, CHALLENGED, STALE, GONE, POINTED, FORBIDDEN, OTHER_NAME = 0, 2, 3, 4, 5, 6, 7  # places of kCodes
UNSEALED = 14 * 10  # added to one of them: by who does not know the password


def relays():
    opened = [START, 1, 0, REPLY, CHALLENGED, 4, REPLY, GRANTED, 24]
    bound = opened + [BIND, 40, 0, REPLY, GRANTED, 24]
    return {
        "allocates": opened,
        "forged-allocation": [START, 1, 0, REPLY, CHALLENGED, 4, REPLY, GRANTED + UNSEALED, 24],
        "binds-a-channel": bound,
        "lives-for-a-while": bound + [LATER, 255, 255] * 3 + [REPLY, GRANTED, 24],
        "server-starts-anew": bound + [SUSPECT, 1, 0, REPLY, STALE, 1, REPLY, GONE, 0, REPLY, GRANTED, 24],
        "another-name": bound + [RENEW, 1, 60, REPLY, OTHER_NAME, 0, LATER, 255, 255],
        "pointed-in-circles": [START, 1, 0] + [REPLY, POINTED, 2, REPLY, POINTED, 4] * 3,
        "peer-forbidden": opened + [PERMIT, 40, 0, REPLY, FORBIDDEN, 24, FORGET, 40, 0],
        "released": bound + [SUSPECT, 0, 0, REPLY, GRANTED, 0],
        "stranger": bound + [RAW_STRANGER, 4, 0, 0x40, 1, 0, 0],
    }


def own_relays():
    """The steps of relays.cpp: what, how, more."""
    later, leave, no_leave, start, reach, suspect, network, _, answer, _, connection, end = range(12)
    granted, challenged, stale, gone = 2, 3, 4, 5  # places of kCodes; a relay lives for how * more seconds
    relayed, needs_name, lost = 0, 2, 4  # places of what a connection says
    opened = [leave, 1, 1, answer, challenged, 0, answer, granted, 24]
    reached = opened + [reach, 2, 1, answer, granted, 24, answer, granted, 25]
    connected = [leave, 6, 1, connection, relayed, 0]
    return {
        "leaves-that-end-at-once": [leave, 8, 3, 0, 8, 2, 24, 4, 2, leave, 8, 2, 24, 136, 2, 25],
        "asked-in-vain": [start, 0, 0] + [no_leave, 1, 0, later, 255, 255] * 4,
        "opens": opened,
        "reaches": reached,
        "lives-for-a-while": reached + [later, 255, 255] * 2,
        "server-starts-anew": reached + [later, 10, 0, suspect, 0, 0, answer, stale, 0, answer, gone, 0, answer, granted, 24],
        "server-is-silent": [leave, 3, 1] + [later, 10, 0] * 4,
        "connects": connected + [reach, 2, 1],
        "connection-is-followed": connected + [connection, needs_name, 0, leave, 6, 1, connection, relayed, 0, later, 30, 0],
        "connection-is-lost": connected + [connection, lost, 0] * 2,
        "another-network": connected + [network, 0, 0, later, 10, 0, network, 0, 0],
        "leaves": reached + [end, 0, 0, answer, granted, 0, later, 10, 0],
    }


def module(number, kind, parameters="", ins=0, outs=0):
    text = f"  - id: {number}\n    type: {kind}\n    name: \"{kind} {number}\"\n"
    text += f"    parameters:\n{parameters}" if parameters else ""
    for key, name, channels in (("inputs", "in", ins), ("outputs", "out", outs)):
        text += f"    {key}:\n      - {{name: \"{name}\", channels: {channels}}}\n" if channels else ""
    return text


def connection(start, end, gain="0"):
    return f"  - {{from: {start}, output: \"out\", to: {end}, input: \"in\", gain: {gain}}}\n"


def snapshots():
    head = "tutti-patch: 1\n"
    guitar = module(1, "device-input", "      first: 1\n      channels: 2\n", outs=2)
    strip = module(2, "mix-strip", "      gain1: -6.5\n      pan1: 0.5\n      soloed1: true\n", ins=2, outs=2)
    master = module(3, "device-output", ins=2)
    click = module(4, "metronome", "      level: -6\n      accents: XxoX_\n      sounds: always\n", outs=1)
    band = head + "modules:\n" + guitar + strip + master + click + "connections:\n"
    wired = band + connection(1, 2) + connection(2, 3, "-inf") + connection(4, 3, "-3.5")
    return {
        "band": wired, "empty": head + "modules: []\nconnections: []\n",
        "feedback": wired + connection(2, 2, "-6"), "howling": wired + connection(2, 2, "24"),
        "missing": head + "modules:\n" + guitar + module(7, "lv2", "      plugin: \"http://x/\\u2028\\\"\"\n", 1, 1)
        + "connections:\n" + connection(1, 7), "newer": head.replace("1", "2") + "whatever: [", "not-ours": "tempo: 120\n",
        "other-ports": head + "modules:\n" + module(1, "device-input", outs=1),
        "wrong-parameter": wired.replace("0.5", "far"), "unknown-parameter": wired.replace("pan1", "pan3"),
        "no-such-module": wired + connection(9, 2), "no-such-port": wired.replace('input: "in"', 'input: "on"', 1),
        "twice-connected": wired + connection(1, 2), "same-id": wired.replace("id: 2", "id: 1"),
        "aliases": head + "modules: [&a {id: 1, type: x, name: y}, *a]\n", "tags": head + "modules: !!seq []\n",
        "deep": head + "modules: " + "[" * 60, "two-documents": head + "---\n" + head, "said-twice": head + head,
        "key-is-a-list": head + "? [a]\n: b\n", "torn": wired[:-30], "nothing": "", "merge-key": head + "<<: {modules: []}\n",
        "flow": "{tutti-patch: 1, modules: [{id: 1, type: mix-strip, name: s, inputs: [{name: in, channels: 2}], "
        "outputs: [{name: out, channels: 2}]}], connections: [{from: 1, output: out, to: 1, input: in, gain: -.inf}]}",
    }


def bridge_state(said, session, offset=0, origin=0, upb=500_000, playing=0, decided=0, shift=0, leads=1, losers=(),
                 peers=()):
    out = b"\x01\x01" + said.to_bytes(8, "big") + b"\x01bridge1" + session + offset.to_bytes(8, "big", signed=True)
    out += upb.to_bytes(8, "big") + origin.to_bytes(8, "big", signed=True) + bytes(8)
    out += bytes([playing]) + bytes(8) + decided.to_bytes(8, "big", signed=True) + shift.to_bytes(4, "big")
    out += bytes([leads]) + session + bytes([len(losers)]) + b"".join(losers)
    out += len(peers).to_bytes(2, "big") + bytes([len(peers)]) + b"".join(peers)
    return out


def bridge_stories():
    """Each message after its length in steps of four bytes: that many milliseconds in tens lie between them."""
    def story(*messages):
        return b"".join(bytes([-(-len(one) // 4)]) + one for one in messages)

    ours, old = b"n" + bytes(7), b"old-one!"
    far = 1 << 52
    return {
        "joins-older-session": story(bridge_state(1, old, offset=-1_000_000, losers=[ours], peers=[old, b"program2"])),
        "tempo-changes": story(bridge_state(1, ours), bridge_state(2, ours, origin=2_000_000, upb=480_000)),
        "poisoned": story(bridge_state(1, ours, origin=far, decided=far)),
        "steps": story(bridge_state(1, ours, offset=-3_600_000_000), bridge_state(3, ours, offset=-3_599_000_000)),
        "shifted": story(bridge_state(1, old, shift=1_000_000, losers=[ours])),
        "goodbye": story(bridge_state(1, ours), b"\x01\x02" + (2).to_bytes(8, "big")),
        "speaks-for-us": story(bridge_state(1, ours, peers=[ours, b"\x01bridge2"])),
        "torn": story(bridge_state(1, ours)[:60]),
    }


def main():
    media()
    real_packets()
    broken_packets()
    for name, text in ADDRESSES.items():
        seed("address", name, text)
    for name, text in SETTINGS.items():
        seed("settings", name, text)
    for name, trial in trials().items():
        seed("measurement", name, trial)
    for name, story in stories().items():
        seed("node", name, story)
    for name, story in bridge_stories().items():
        seed("bridge", name, story)
    for name, text in snapshots().items():
        seed("snapshot", name, text.encode())
    seed("snapshot", "not-utf8", snapshots()["missing"].encode().replace(b"http", b"\xff\xff"))


main()
