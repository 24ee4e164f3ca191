#!/usr/bin/env python3
"""Writes the seeds of the fuzz corpora: real packets, and stories for the node. File names tell what they show.

Run it after adding a seed, or after changing how NodeStory reads its steps. What the fuzzer itself found worth
keeping lies in the same folders as found-*, and is left alone.
"""
import hmac
import pathlib
import struct
import zlib

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
    for name, story in ensembles().items():
        seed("ensemble", name, bytes(story))
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


def ensembles():
    """The steps of ensemble.cpp: what, how many decisions, these."""
    wait, sealed, talk, raw, check, answer, _, update, relay, move, media, more = range(12)
    lan, world, other, relayed, loopback = 1, 2, 3, 4, 8  # numbers of places

    def step(kind, *decisions):
        return [kind, len(decisions), *decisions]

    def card(edition, *places, relays=0):
        return [0, edition, len(places), *places, relays, 0, 0]

    def members(edition, letter=0):
        both = card(edition, lan, world, relayed, relays=1) + card(edition, other)
        return step(update, *both, 0, letter, 1, 0)

    def answers(count):
        return [byte for which in range(count) for byte in step(answer, which, 0, 1, world, 0, 1)]

    def asks(member, place):
        return step(check, member, 0, place, 0, 7, 0, 0)

    here = members(1) + answers(4)
    carried = here + step(wait, 10) + answers(12) + step(wait, 200) + answers(12) + step(wait, 200)
    own_relay = here + step(relay, 0, 0)  # which, and that it is opened
    reached = own_relay + step(relay, 0, 1, relayed) + answers(20) + step(wait, 100) + answers(20)
    return {
        "members-answer": carried,
        "members-ask": here + asks(0, world) + asks(1, other) + asks(0, loopback) + answers(8),
        "silence": carried + step(media, 2, 0, lan, 0) + step(wait, 255) * 8,
        "relayed": reached + step(wait, 255) * 2,
        "relay-retires": reached + step(relay, 1, 0) + step(relay, 0, 3) + step(wait, 255) + answers(20),
        "relay-is-lost": reached + step(relay, 0, 4) + step(wait, 255),
        "keys": members(1, letter=1) + step(sealed, 2, 0, lan, 0, 1, 0, *[0] * 12, 0, 1, 0, 0) + step(wait, 255),
        "clock": carried + step(sealed, 2, 0, lan, 0, 2, 1, *[0] * 8) + step(sealed, 2, 0, lan, 0, 3, 1, *[0] * 24),
        "bridge": carried + step(sealed, 2, 0, lan, 0, 5, 1, 1, 2, 3) + step(sealed, 2, 0, lan, 0, 5, 1, 67, 2),
        "talk": carried + step(talk, 0, 2, 1, 1, 0, 200) + step(talk, 0, 2, 2, 1, 0, 3) + step(more, 0, 1),
        "newer-card": carried + members(2) + step(wait, 255) * 12,
        "one-leaves": carried + step(update, 3, *card(1, other), 0, 0, 0) + step(wait, 100),
        "forwarders": step(update, *card(1, lan), *card(1, other), 2, 1, 0, 5, 1, 1, 6, 0, 0) + answers(8) + step(wait, 200),
        "another-network": carried + step(move, 0, 1, 0) + answers(12) + step(move, 3, 0, 1),
        "comes-again": carried + step(more, 1, *card(1, lan), *card(1, other), 0, 0, 0) + answers(8) + step(wait, 255) * 3,
        "raw": here + step(raw, 0, lan, 0, 0, 1, 0, 8, 33, 18, 164, 66),
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


def desk_patches():
    """What a desk saves: each module with its part."""
    def part(number, kind, role, **ports):
        return module(number, kind, **ports).replace("    name:", f"    role: {role}\n    name:", 1)
    own = (part(1, "device-input", "instrument", outs=2) + part(2, "mix-strip", "own-strip", ins=2, outs=2)
           + part(3, "metronome", "metronome", outs=1) + part(4, "mix-strip", "metronome-strip", ins=2, outs=2)
           + part(5, "mix-strip", "master", ins=2, outs=2) + part(6, "device-output", "output", ins=2))
    room = part(7, "to-room", "room", ins=2)
    ana = part(8, "from-player", "\"player Anna\"", outs=2) + part(9, "mix-strip", "\"strip Anna\"", ins=2, outs=2)
    ben = part(10, "from-player", "\"player Ben\"", outs=2) + part(11, "mix-strip", "\"strip Ben\"", ins=2, outs=2)
    head = "tutti-patch: 2\nmodules:\n"
    cables = "connections:\n" + connection(1, 2) + connection(2, 7) + connection(8, 9) + connection(9, 5) + connection(5, 6)
    whole = head + own + room + ana + ben + cables
    pair = part(12, "tone", "\"guest Stage Pair\"", outs=2)
    return {
        "desk": whole, "alone": head + own + "connections: []\n", "ghost-without-strip": head + part(8, "from-player", "\"player Ben\"", outs=2),
        "nobody": "tutti-patch: 2\nmodules: []\nconnections: []\n", "two-masters": whole.replace("role: own-strip", "role: master"),
        "wrong-type": whole.replace("role: instrument", "role: output", 1), "last-id": whole.replace("id: 6\n", "id: 1000000000\n").replace("to: 6,", "to: 1000000000,"),
        "two-annas": whole.replace("Ben", "Anna"), "newer-part": whole.replace("role: room", "role: conductor"),
        "guests": head + own + pair + part(13, "from-endpoint", "\"guest Stage Pair\"", outs=2) + "connections:\n" + connection(12, 2) + connection(13, 5),
        "two-of-a-kind": head + own + pair + part(13, "tone", "\"guest Stage Pair\"", outs=2) + "connections:\n" + connection(12, 2) + connection(13, 5),
        "guest-is-a-strip": head + own + part(12, "mix-strip", "\"guest Stage\"", ins=2, outs=2) + "connections:\n" + connection(12, 5),
        "player-is-a-strip": whole.replace("player Ben", "player Anna"), "other-ports": head + part(5, "mix-strip", "master", ins=1, outs=1),
    }


def patch_talk():
    return {
        "who": '{"do":"who"}\n', "save": '{"do":"save"}', "load": '{"do":"load","patch":"tutti-patch: 2\\nmodules: []\\n","tempo":true}',
        "nested": '{"do":["save"]}', "twice": '{"do":"save","do":"load"}', "unknown": '{"do":"save","depth":3,"as":null}',
        "deep": "[" * 500, "not-json": "save\n", "not-utf8": b'{"do":"\xff"}', "fraction": '{"do":1.5}', "negative": '{"do":-1}',
        "answer": '{"face":"jam","musician":"Anna","problem":""}\n{"missing":7,"name":"Ben","why":"is not in the room"}\n'
                  '{"remark":"line 3: x"}\n{"patch":"tutti-patch: 2\\n"}\n',
        "refusal": '{"face":"window","musician":"","problem":"line 3, column 9: no"}\n', "cut": '{"face":"jam"}\n{"missing":',
        "large-id": '{"face":"jam"}\n{"missing":4294967296}\n',
    }


def snapshots():
    head = "tutti-patch: 1\n"
    guitar = module(1, "device-input", "      first: 1\n      channels: 2\n", outs=2)
    strip = module(2, "mix-strip", "      gain1: -6.5\n      pan1: 0.5\n      soloed1: true\n", ins=2, outs=2)
    master = module(3, "device-output", ins=2)
    click = module(4, "metronome", "      level: -6\n      accents: XxoX_\n      sounds: always\n", outs=1)
    band = head + "modules:\n" + guitar + strip + master + click + "connections:\n"
    looks = (head.replace("1", "2") + "session:\n  tempo: 122.5\n  quantum: 4\n  room: \"Basement\"\n"
             "processes:\n  - name: \"p\"\n    command: \"/bin/p\"\n    arguments:\n      - \"-x\"\n"
             "groups:\n  - {id: 7, name: \"Rhythm\", colour: 2}\nmodules:\n"
             + master.replace("    inputs", "    group: 7\n    colour: 1\n    position: {x: -3, y: 4}\n    inputs") + "connections: []\n")
    wired = band + connection(1, 2) + connection(2, 3, "-inf") + connection(4, 3, "-3.5")
    return {
        "band": wired, "empty": head + "modules: []\nconnections: []\n",
        "feedback": wired + connection(2, 2, "-6"), "howling": wired + connection(2, 2, "24"),
        "missing": head + "modules:\n" + guitar + module(7, "lv2", "      plugin: \"http://x/\\u2028\\\"\"\n", 1, 1)
        + "connections:\n" + connection(1, 7), "newer": head.replace("1", "3") + "whatever: [", "not-ours": "tempo: 120\n",
        "other-ports": head + "modules:\n" + module(1, "device-input", outs=1),
        "wrong-parameter": wired.replace("0.5", "far"), "unknown-parameter": wired.replace("pan1", "pan3"),
        "no-such-module": wired + connection(9, 2), "no-such-port": wired.replace('input: "in"', 'input: "on"', 1),
        "twice-connected": wired + connection(1, 2), "same-id": wired.replace("id: 2", "id: 1"),
        "aliases": head + "modules: [&a {id: 1, type: x, name: y}, *a]\n", "tags": head + "modules: !!seq []\n",
        "deep": head + "modules: " + "[" * 60, "two-documents": head + "---\n" + head, "said-twice": head + head,
        "looks": looks + "checksum: 00000000\n", "as-saved": looks + "checksum: %08x\n" % zlib.crc32(looks.encode()),
        "unknown": looks.replace("id: 3", "zoom: [{a: ~}, b]\n    id: 3") + "later: |\n  two\n  lines\n",
        "unknown-map-in-port": wired.replace("channels: 2}", "channels: 2, more: {}}"), "no-such-group": looks.replace("group: 7", "group: 8"),
        "secret": looks.replace("Basement", "tutti://h/r#v1.s.f"), "twice-a-process": looks.replace("groups:", "  - {name: p, command: x}\ngroups:"),
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


def behind_lengths(*parts):
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def carrier_stories():
    """As src/linkaudio/CarrierMessage.cpp writes them; turn by turn said by members 1 and 3."""
    def offer(channel, stream=0, codec=0, channels=1, rate=48_000, name=b"Drums", whose=b"Live"):
        return (channel + stream.to_bytes(2, "big") + bytes([codec, channels]) + rate.to_bytes(4, "big")
                + bytes([len(name)]) + name + bytes([len(whose)]) + whose)

    def offers(said, *offers, page=0, pages=1):
        return b"C\1\1" + said.to_bytes(8, "big") + bytes([page, pages, len(offers)]) + b"".join(offers)

    def asks(said, *channels):
        return b"C\1\2" + said.to_bytes(8, "big") + bytes([len(channels)]) + b"".join(
            b"\2" + bytes(15) + channel for channel in channels)

    ours, bass, keys = b"channel1", b"channel2", b"channel3"
    return {
        "asked-for": behind_lengths(asks(1, ours), asks(1, ours), asks(2), asks(2)),
        "offered": behind_lengths(offers(1, offer(bass), offer(keys, 7, 1, 2, 44_100)), asks(1)),
        "two-offer-one": behind_lengths(*[offers(1, offer(bass, 5)), offers(1, offer(bass, 6)), offers(2)] * 2),
        "pages": behind_lengths(offers(3, offer(bass), page=1, pages=2), asks(1), offers(3, offer(keys), pages=2),
                                asks(2), offers(4)),
        "renamed": behind_lengths(offers(1, offer(bass)), asks(1), offers(2, offer(bass, name="Baß".encode()))),
        "carried-already": behind_lengths(offers(1, offer(b"\1Tx12345"))),
        "torn": behind_lengths(offers(1, offer(bass))[:30]),
    }


def carried_sound():
    """Streams of 16 or 24 bits, one channel or two, as src/linkaudio/ChannelDispatch.cpp makes them."""
    def packet(sequence, first, frames=32, kind=96, session=bytes(4), upb=500_000, size=2, beat=None):
        stamp = session + (first * 1_000_000 // 24_000 if beat is None else beat).to_bytes(8, "big", signed=True)
        stamp += upb.to_bytes(3, "big")
        return (b"\x90" + bytes([kind]) + sequence.to_bytes(2, "big") + (first & 0xffffffff).to_bytes(4, "big")
                + b"\0\1\0\2" + b"\xbe\xde\0\4" + b"\x4e" + stamp + bytes(i % 256 for i in range(frames * size)))

    def stream(*packets, head=0):
        return bytes([head]) + behind_lengths(*packets)
    return {
        "in-order": stream(*[packet(i, 32 * i) for i in range(8)]),
        "overtaken": stream(*[packet(i, 32 * i) for i in (0, 2, 1, 3, 3, 5)]),
        "stereo-24-bits": stream(*[packet(i, 32 * i, kind=97, size=6) for i in range(4)], head=3),
        "wraps": stream(*[packet(i, (1 << 32) - 64 + 32 * i, beat=i) for i in range(4)]),
        "tempo-and-leap": stream(packet(0, 0), packet(1, 32, upb=333_333), packet(2, 1 << 30, beat=-5)),
        "another-session": stream(packet(0, 0), packet(1, 32, session=b"else")),
    }


def channel_sound():
    """Blocks and datagrams as tests/fuzz/channelsound.cpp reads them."""
    def one(sequence, beat=101, tempo=128, frames=128, head=0):
        return bytes([head, sequence, beat, tempo, frames])
    steady = b"".join(bytes([1]) + one(i, 101) for i in range(1, 120))
    return {
        "in-beats": bytes([0]) + steady,
        "live": bytes([1]) + steady,
        "tempo-changes": bytes([0]) + steady[:200] + bytes([200, 40]) + steady[200:400] + bytes([200, 3]) + steady[400:],
        "jumps": bytes([0]) + steady[:200] + bytes([201, 255]) + steady[200:400] + bytes([201, 0]) + steady[400:],
        "placements": bytes([0]) + steady[:300] + bytes([202, 0]) + steady[300:] + bytes([202, 1]) + steady,
        "far-numbers": bytes([0]) + steady[:120] + bytes([1]) + b"\0\xff" + b"\x7f" * 8 + b"\x65\x80\x40" + steady,
        "overlaps": bytes([0]) + b"".join(bytes([1]) + one(i, 101 - i % 7) for i in range(1, 120)),
    }


def fact(kind, *fields):
    """As src/serve/Fact.cpp writes them, with its size before it."""
    body = bytes([1, kind]) + b"".join(fields)
    return len(body).to_bytes(2, "big") + body


def facts():
    def stamp(count, teller=1):
        return count.to_bytes(8, "big") + teller.to_bytes(8, "big")

    def text(value):
        return len(value).to_bytes(2, "big") + value
    room, anna, ben = bytes(range(16)), b"A" * 16, b"B" * 16
    record = b'{"name":"Jazz","kind":"invited","id":"AAECAwQFBgcICQoLDA0ODw","members":0,"locked":false}'
    opened = fact(0, stamp(1), stamp(1)[:8], text(record), text(b"hash"), b"\x01", b"\x04" + bytes([192, 0, 2, 1]))

    def member(who, said, joined, slot, trips=b"\x00"):
        return fact(5, stamp(said), stamp(joined), stamp(joined), room, who, text(b"pass"), text(who[:9]), text(b"word"),
                    slot.to_bytes(2, "big"), text(b"card"), trips)
    both = opened + member(anna, 2, 2, 7) + member(ben, 3, 3, 8, b"\x01" + (2).to_bytes(8, "big") + (12000).to_bytes(4, "big"))
    forwarder = fact(3, stamp(9, 2), (2).to_bytes(8, "big"), b"\x01\x04" + bytes([192, 0, 2, 2]), (7885).to_bytes(2, "big"))
    seed("facts", "two-members", both)
    seed("facts", "one-slot-for-two", opened + member(ben, 2, 2, 7) + member(anna, 3, 3, 7))
    seed("facts", "goodbye-before-the-join", opened + fact(6, stamp(5), stamp(4), room, anna) + member(anna, 4, 4, 7))
    seed("facts", "letter", both + fact(7, stamp(6), room, anna, ben, text(b"sealed")))
    seed("facts", "order-that-nobody-signed", both + fact(2, stamp(6), room, text(
        b"tutti order 1" + room + (1).to_bytes(8, "big") + b"\x02" + bytes(16) + bytes(64))))
    seed("facts", "stage-of-another-forwarder", both + forwarder + fact(4, stamp(10), room, (2).to_bytes(8, "big")))
    seed("facts", "room-closed", opened + fact(1, stamp(3), room))


def routers():
    """Answers to the questions for TCP and UDP port 7885, as tests/fuzz/portmapping.cpp reads them."""
    def heard(*answers, after=1):
        return b"".join(bytes([len(answer), after]) + answer for answer in answers)

    def pcp(protocol, result=0, lifetime=7200, epoch=1000, outside=7885, version=2):
        return (bytes([version, 0x81, 0, result]) + lifetime.to_bytes(4, "big") + epoch.to_bytes(4, "big") + bytes(24)
                + bytes([protocol, 0, 0, 0]) + PORT + outside.to_bytes(2, "big") + bytes(10) + b"\xff\xff\xcb\x00\x71\x07")

    def nat_pmp(opcode, result=0, lifetime=7200, epoch=1000, outside=7885):
        return (bytes([0, 0x80 | opcode, 0, result]) + epoch.to_bytes(4, "big") + PORT + outside.to_bytes(2, "big")
                + lifetime.to_bytes(4, "big"))

    tcp, udp, port_tcp, port_udp = 6, 17, 2, 1
    old = bytes([0, 0x81, 0, 1]) + bytes(4)
    address = bytes([0, 0x80, 0, 0]) + (1000).to_bytes(4, "big") + b"\xcb\x00\x71\x07"
    return {
        "pcp-opens-both": heard(pcp(tcp), pcp(udp)),
        "pcp-other-ports": heard(pcp(tcp, outside=40000), pcp(udp, outside=40001)),
        "pcp-refuses": heard(pcp(tcp), pcp(udp, result=2)),
        "pcp-for-a-second": heard(pcp(tcp, lifetime=1), pcp(udp, lifetime=1), pcp(tcp, lifetime=1), after=255),
        "pcp-for-ever": heard(pcp(tcp, lifetime=2**32 - 1), pcp(udp, lifetime=2**32 - 1)),
        "pcp-began-anew": heard(pcp(tcp, epoch=100000), pcp(udp, epoch=1)),
        "pcp-with-no-port": heard(pcp(tcp, outside=0)),
        "pcp-torn": heard(pcp(tcp)[:40]),
        "nat-pmp-opens-both": heard(old, address, nat_pmp(port_tcp), nat_pmp(port_udp)),
        "nat-pmp-refuses": heard(old, bytes([0, 0x82, 0, 2]) + bytes(4)),
        "nat-pmp-without-address": heard(old, nat_pmp(port_tcp), nat_pmp(port_udp), after=120),
        "silent-for-long": heard(b"", b"", b"", b"", b"", b"", b"", after=255),
    }


# Heads of questions over HTTP.
POST = "POST /v1/rooms/Jazz/poll HTTP/1.1\r\nHost: band.example:7880\r\nContent-Type: application/json\r\n"
HEADS = {
    "path-of-nothing": "HEAD #v1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "poll": POST + "Content-Length: 120\r\nAccept: */*\r\nUser-Agent: cpp-httplib/0.11.4\r\n\r\n",
    "room": "GET /v1/rooms/Caf%C3%A9%20Noir HTTP/1.1\r\nHost: band.example\r\n\r\n",
    "session-login": "GET /turn/credentials?x=1&y HTTP/1.1\r\nAuthorization: Basic YmFuZDphbWJlcg==\r\n\r\n",
    "last": "GET / HTTP/1.0\r\nConnection: close\r\n\r\n",
    "chunked": POST + "Transfer-Encoding: chunked\r\n\r\n",
    "packed": POST + "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n",
    "two-lengths": POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
    "asks-first": POST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n",
    "pieces": "GET / HTTP/1.1\r\nRange: bytes=0-1,5-,-9\r\n\r\n",
    "lines-without-return": "GET / HTTP/1.1\nX: y\nRange: bytes=0-1\r\n\r\n",
}


def endpoint_media():
    """RTP packets with session and byte index; and steps for the assembler: first the size of frames."""
    def packet(payload_type, index, samples, ssrc=b"\x00\x01\x00\x02", session=b"session1"):
        return (bytes([0x90, payload_type]) + b"\x00\x07\x00\x00\x00\x20" + ssrc + b"\xbe\xde\x00\x05\x4f" + session
                + index.to_bytes(8, "big") + bytes(3) + samples)

    def piece(place, count, frame_bytes=6):
        return step(frame_bytes - 1, 0, place, *([place] * count))

    return {
        "stereo-i24": packet(103, 384, bytes(range(96))),
        "begins-inside-a-sample": packet(107, 5, bytes(11)),
        "sign-of-life": packet(110, 0, b""),
        "index-beyond-the-end": packet(96, 1 << 56, b"\x80"),
        "unknown-type": packet(108, 0, bytes(8)),
        "foreign-stream": packet(96, 0, b"\x80", ssrc=b"\xff\xff\xff\xff"),
        "pieces-in-order": piece(0, 7) + piece(1, 7) + piece(2, 7),
        "pieces-overtake": piece(2, 7) + piece(0, 7) + piece(1, 7),
        "pieces-overlap": piece(0, 20) + piece(1, 20) + piece(0, 20),
        "leap-and-back": piece(0, 12) + step(5, 1, 0, 0x7f, 0, 0, 0, 0, 0, 0, *bytes(12)) + piece(0, 12),
        "frames-of-64-bytes": step(63, 0, 0, *bytes(200)),
    }


def endpoint_control():
    """Messages as they are after their size, whole conversations with it, and announcements."""
    def text(value):
        return bytes([len(value)]) + value

    def audio(rate=48000.0, channels=2, buffer=32, kind=10):
        return struct.pack(">d", rate) + bytes([channels]) + buffer.to_bytes(4, "big") + bytes([kind])

    def framed(*messages):
        return b"".join(len(message).to_bytes(2, "big") + message for message in messages)

    magic = b"tutti endpoint\x01"
    hello = b"\0" + magic + text(b"Laptop")
    streams = bytes([2]) + text(b"Left") + audio(channels=1) + text(b"Pair") + audio(44100.0, kind=7)
    offer = b"\1" + text(b"Stage") + b"session1" + (5004).to_bytes(2, "big") + streams + b"\0"
    accept = b"\2\0" + struct.pack(">d", 44100.0) + text(b"")
    start, started, stop = b"\3\0\0\1", b"\4\0\0\1\0\0", b"\3\1\0\1"
    announcement = magic + b"\0" + b"server01" + (4711).to_bytes(2, "big") + text("Bühne".encode())
    return {
        "hello": hello, "hello-of-version-2": hello.replace(magic, magic[:-1] + b"\2"), "offer": offer,
        "accept": accept, "refuse": b"\2\2" + struct.pack(">d", 8000.0) + text(b"Too slow."), "start": start,
        "started": started, "heartbeat": b"\5", "bye": b"\6" + text(b"Good night."),
        "rate-is-no-number": b"\2\0" + struct.pack(">d", float("nan")) + text(b""),
        "nine-channels": offer.replace(audio(channels=1), audio(channels=9)),
        "conversation-of-a-client": framed(hello, accept, b"\5", start, stop, b"\6\0"),
        "conversation-of-a-server": framed(offer, b"\5", started, b"\6\0"),
        "size-beyond-all": b"\xff\xff" + hello, "size-zero": b"\0\0" + framed(hello),
        "announcement": announcement, "announcement-leaves": announcement.replace(b"\1\0server", b"\1\1server"),
        "announcement-of-two-lines": announcement.replace(b"hne", b"\nn"),
    }


def module_words():
    """What an outside process and Tutti say to each other, one message each."""
    def text(value):
        return bytes([len(value)]) + value

    def number(value):
        return value.to_bytes(4, "big")

    def ports(*all_):
        return bytes([len(all_)]) + b"".join(text(name) + bytes([channels]) for name, channels in all_)

    hello = (b"\0tutti module\1" + text(b"") + text(b"Tone") + text(b"") + ports((b"in", 1)) + ports((b"out", 2))
             + number(0) + number(0))
    welcome = b"\1" + b"".join(map(number, (48000, 1, 2, 64, 128, 1000)))
    return {
        "hello": hello, "hello-of-version-2": hello.replace(b"module\1", b"module\2"), "welcome": welcome,
        "hello-with-token": hello.replace(b"\1\0\4Tone", b"\1\5token\4Tone"),
        "welcome-to-too-much-memory": b"\1" + b"".join(map(number, (48000, 128, 128, 2048, 512, 1000))),
        "welcome-without-channels": b"\1" + b"".join(map(number, (48000, 0, 0, 64, 128, 1000))),
        "refusal": b"\2" + text(b"No room."), "heartbeat": b"\3", "leave": b"\4" + text(b"Good night."),
        "leave-with-two-lines": b"\4" + text(b"a\nb"), "ports-called-the-same": hello.replace(b"\2in", b"\3out"),
    }


def module_desk():
    """Steps of tests/fuzz/moduledesk.cpp: 0 call, 1 word, 2 bytes, 3 hang up, 4 want, 5 ended, 6 missing, 7 again, 8 wait."""
    def hello(guest, token, card):
        return step(0, guest) + step(1, guest, 0, token, card)

    want, unwant, crashed, wait = step(4, 0, 1, 1), step(4, 0, 0, 0), step(5, 0, 1), step(8, 0, 10)
    joined = want + hello(1, 1, 6)
    return {
        "comes-by-itself-and-leaves": hello(1, 0, 6) + step(1, 1, 2),
        "crashes-and-comes-back": joined + step(3, 1) + crashed + wait + hello(2, 1, 6),
        "crashes-until-given-up": joined + step(3, 1) + (crashed + step(8, 0, 255) + step(8, 0, 50)) * 8,
        "comes-back-with-other-ports": joined + step(3, 1) + crashed + wait + hello(2, 1, 8),
        "is-silent": joined + step(8, 0, 100), "floods": joined + step(1, 1, 1) * 70, "babbles": joined + step(2, 1, 85, 85),
        "is-not-wanted-any-more": joined + unwant + crashed, "is-missing": want + step(6, 0) + step(7, 0, 1),
        "two-of-one-name": hello(1, 0, 6) + hello(2, 0, 6) + step(3, 1), "another-rate": hello(1, 0, 10),
    }


def module_packets():
    """Calls by who knows the token and who does not, addresses, and steps of pieces: number(32), index, count."""
    token, nonce = b"0123456789abcdef", bytes(range(16))

    def vouched(said):
        return said + hmac.new(token, said, "sha256").digest()

    def piece(kind, index, number=7):
        return step(kind, 0, 0, 0, number, index, 3)

    call = vouched(b"tutti module call\1" + nonce + bytes(53))
    return {
        "call": call, "call-by-a-stranger": call[:-1] + b"\0", "answer": vouched(b"tutti module come\1" + bytes(16) + nonce),
        "address": b"tutti-module://stage.local:5004#" + token, "address-ipv6": b"tutti-module://[fe80::1]:1#" + token,
        "block": piece(0, 0) + piece(0, 1) + piece(0, 2), "block-shuffled": piece(0, 2) + piece(0, 0) + piece(0, 0) + piece(0, 1),
        "two-blocks-under-way": piece(0, 0) + piece(0, 0, 8) + piece(0, 1, 8) + piece(0, 1) + piece(0, 2) + piece(0, 2, 8),
        "pieces-too-short": piece(1, 0) + piece(1, 1),
    }


def module_lane():
    """A block's length, then steps of tests/fuzz/modulelane.cpp: 0 render, 1 words anywhere, 2 answer, 3 take."""
    block = b"\x30"  # 64 frames
    nan, huge, half = (struct.pack(">Q", bits) for bits in (0x7FC00000, 0x7F7FFFFF, 0x3F000000))
    return {
        "answers-in-time": block + (step(2, 0, *half * 30) + step(0, 0, 8)) * 6, "never-answers": block + step(0, 0, 8) * 20,
        "not-a-number": block + (step(2, 0, *nan * 3) + step(0, 0, 8)) * 3,
        "louder-than-anything": block + (step(2, 0, *huge * 3) + step(0, 0, 8)) * 3,
        "scribbles-over-the-counters": block + (step(1, 0, *bytes(8), *half * 20) + step(0, 0, 8) + step(3, 0)) * 5,
        "device-with-odd-blocks": block + b"".join(step(0, 0, n) + step(3, 0) for n in (1, 255, 3, 100, 7, 200)),
    }


def endpoint_desk():
    """Steps of tests/fuzz/endpointdesk.cpp: 0 call, 1 word, 2 bytes, 3 packet, 4 raw, 5 hang up, 6 want, 7 wait."""
    one = 1
    hello, offer, accept, ask, answer, beat, bye = range(7)

    def said(which, verdict=0, *decisions):
        return step(1, one, verdict, which, *decisions)

    call = step(0, one, 0)
    sign = step(3, one, 0, 1, 0, 0, 0, 0, 0, 0, 1)
    sound = step(3, one, 1, 10, 1, 1, 0, 0, 0, 0, 0, 1, *range(48))
    running = call + said(hello) + said(accept, 0, 1) + sign + said(ask, 0, 1, 1)
    served = call + said(offer, 0, 1) + sign + said(answer, 0, 1, 1)
    return {
        "client-plays": running + sound + step(7, one, 20) + said(beat) + sound,
        "client-falls-silent": running + step(7, one, 255),
        "client-refuses": call + said(hello) + said(accept, 2, 1),
        "client-says-no-for-now": call + said(hello) + said(accept, 1, 1) + step(7, one, 60) + said(beat),
        "stop-and-start": running + said(ask, 0, 0, 1) + said(ask, 0, 1, 2) + sound,
        "server-plays": served + sound + step(6, one, 0) + said(answer, 0, 0, 1) + step(6, one, 1),
        "server-fails-to-start": call + said(offer, 0, 1) + said(answer, 1, 1, 1) + step(7, one, 200),
        "wrong-words": call + said(hello) + said(offer, 0, 1),
        "torn-words": call + step(2, one, 0, 22, 0, 116) + step(5, one),
        "twelve-callers": b"".join(step(0, number, number) for number in range(12)),
    }


def channel_words():
    for path in sorted((HERE.parent / "fixtures" / "link-audio").glob("*.hex")):
        if path.stem.startswith("discovery-"):
            continue
        lines = [line.split("#")[0] for line in path.read_text().splitlines()]
        seed("channelwords", path.stem, bytes.fromhex("".join(lines)))
    head = b"chnnlsv\x01"
    seed("channelwords", "four-milliard-channels",
         head + b"\x01\x05\x00\x00nodenode" + entry(b"sess", b"session1") + entry(b"auca", b"\xff" * 4))
    seed("channelwords", "entries-in-another-order",
         head + b"\x01\x05\x00\x00nodenode" + entry(b"__ht", b"\x00" * 8) + entry(b"what", b"ever")
         + entry(b"sess", b"session1"))


def station_stories():
    """The steps of station.cpp, in its order."""
    link, gateway, announce, ask, byes, say, raw, want, offer, wait = range(10)

    def peers(*numbers, session=0):
        return step(link, 0, session, len(numbers), *(x for n in numbers for x in (n, 0, 1, 1, session)))

    def channels(peer, *ids, session=0):
        words = [session, 3, 0, peer, 0, len(ids)]
        for number in ids:
            words += [number, 4, 100]
        return step(announce, *words, 0, peer, 1)

    opened = peers(1, 2) + step(gateway, 1, 0)
    met = opened + channels(1, 3, 4) + channels(2, 5) + step(wait, 30)
    wanted = met + step(want, 3, 1) + step(wait, 10)
    sound = b"".join(step(say, 0, 1, 3, 0, number, 0, 1, 1) for number in range(1, 6))
    published = met + step(offer, 0, 0, 7)
    asked = published + step(ask, 1, 8, 1, 0, 1, 1)
    return {
        "alone": step(gateway, 1, 0) + step(wait, 200),
        "two-peers-met": met,
        "hears-what-it-wants": wanted + sound,
        "hears-what-it-does-not-want": met + sound,
        "is-asked-and-plays": asked + step(offer, 0, 4, 8, 0, 1) + step(wait, 255) + step(wait, 255) + step(wait, 255),
        "is-asked-in-anothers-name": published + step(ask, 1, 8, 1, 0, 2, 1) + step(offer, 0, 4, 8, 0, 1),
        "withdraws": asked + step(offer, 0, 1) + step(wait, 30),
        "peer-leaves": wanted + asked + peers(2),
        "session-changes": wanted + sound + peers(1, 2, session=1) + channels(1, 3, session=1) + step(wait, 30) + sound,
        "gateway-closes": wanted + step(gateway, 0, 0) + step(wait, 30) + step(gateway, 1, 0) + step(wait, 30),
        "goodbye": wanted + step(byes, 2, 3, 4, 1, 0, 1, 1) + step(wait, 10),
        "hundreds-of-channels": opened + step(announce, 0, 3, 0, 1, 255, *([0, 2, 65] * 80), 0, 1, 1) + step(wait, 30),
        "real-words": met + step(raw, 0, 1, 1, *b"chnnlsv\x01\x04\x05\x00\x00nodenodechid\x00\x00\x00\x08drumdrum"),
    }


PORT = (7885).to_bytes(2, "big")


def main():
    facts()
    media()
    real_packets()
    broken_packets()
    for name, text in ADDRESSES.items():
        seed("address", name, text)
    for name, text in HEADS.items():
        seed("heads", name, text.encode())
    for name, text in SETTINGS.items():
        seed("settings", name, text)
    for name, trial in trials().items():
        seed("measurement", name, trial)
    for name, story in stories().items():
        seed("node", name, story)
    for name, story in bridge_stories().items():
        seed("bridge", name, story)
    for name, story in carrier_stories().items():
        seed("carrier", name, story)
    for name, story in carried_sound().items():
        seed("carriedsound", name, story)
    for name, story in channel_sound().items():
        seed("channelsound", name, story)
    for name, story in routers().items():
        seed("portmapping", name, story)
    for name, text in endpoint_control().items():
        seed("endpointcontrol", name, text)
    for name, story in endpoint_media().items():
        seed("endpointmedia", name, story)
    for name, story in endpoint_desk().items():
        seed("endpointdesk", name, story)
    for name, text in module_words().items():
        seed("modulewords", name, text)
    for name, story in module_desk().items():
        seed("moduledesk", name, story)
    for name, story in module_lane().items():
        seed("modulelane", name, story)
    channel_words()
    for name, story in station_stories().items():
        seed("station", name, story)
    for name, packet in module_packets().items():
        seed("modulepackets", name, packet)
    for name, text in snapshots().items():
        seed("snapshot", name, text.encode())
    for name, text in {**snapshots(), **desk_patches()}.items():
        seed("loading", name, text.encode())
    for name, said in patch_talk().items():
        seed("patchtalk", name, said if isinstance(said, bytes) else said.encode())
    seed("snapshot", "not-utf8", snapshots()["missing"].encode().replace(b"http", b"\xff\xff"))


main()
