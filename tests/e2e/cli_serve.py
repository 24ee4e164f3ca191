"""`tutti serve` as scripts use it: what it says, what it keeps, what it refuses, and a clean way out."""
import hashlib
import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import base64
import time
import urllib.error
import urllib.request

import world

world.enter("ip", "openssl")

import hostclock  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
STATE = "/dev/shm/state"
SECOND = ["event", "t", "rooms", "members", "packetsIn", "packetsOut", "bytesIn", "bytesOut", "dropped", "cpu", "delayP99Us"]


class Server(Program):
    def __init__(self, *words, state=STATE):
        super().__init__("serve", [TUTTI, "serve", "--json", "--http-port", "0", "--udp-port", "0", "--state", state, *words])

    def event(self, name, seconds=10):
        line = self.wait_for_line(lambda text: json.loads(text)["event"] == name, seconds, name)
        return json.loads(line)

    def seconds(self):
        return [o for o in (json.loads(text) for _, text in self.lines()) if o["event"] == "second"]

    def wait_for_second(self, holds, seconds=5):
        return hostclock.wait_until(lambda: next((o for o in self.seconds()[-1:] if holds(o)), None), seconds)


def fingerprint_of(url):
    """As the invitation pins it: SHA-256 of the certificate's public key."""
    host, port = url.removeprefix("https://").split(":")
    pem = ssl.get_server_certificate((host, int(port)))
    spki = subprocess.run(["openssl", "x509", "-pubkey", "-noout"], input=pem, capture_output=True, text=True, check=True).stdout
    der = base64.b64decode("".join(spki.strip().splitlines()[1:-1]))
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")


def get(url, body=None):
    context = ssl._create_unverified_context()
    request = urllib.request.Request(url, data=body.encode() if body else None)
    try:
        with urllib.request.urlopen(request, context=context, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def starting(story):
    story.chapter("what it says")
    server = Server("--room", "Jazz cellar")
    listening, room = server.event("listening"), server.event("room")
    story.expect("first where it listens", list(listening) == ["event", "http", "udp", "fingerprint", "address"], listening)
    story.expect("then the room's invitation", list(room) == ["event", "name", "invite", "hostInvite"] and room["name"] == "Jazz cellar")
    story.expect("and the same for its host, with a key behind it",
                 room["hostInvite"].startswith(room["invite"] + ".") and len(room["hostInvite"]) == len(room["invite"]) + 44)
    port = listening["http"].rsplit(":", 1)[1]
    story.expect("the invitation names host, port, room and fingerprint",
                 room["invite"].startswith("tutti://") and f":{port}/Jazz%20cellar#v1." in room["invite"]
                 and room["invite"].endswith("." + listening["fingerprint"]), room["invite"])
    story.expect("the fingerprint is that of its certificate", fingerprint_of(listening["http"]) == listening["fingerprint"])
    story.expect("the figures come each second, with the agreed fields",
                 server.wait_for_second(lambda o: list(o) == SECOND and o["rooms"] == 1 and o["members"] == 0))
    story.expect("it says that it is there", get(listening["http"] + "/") == (200, "OK"))
    status, body = get(listening["http"] + "/v1/rooms/Nowhere")
    story.expect("what is not there is refused with a sentence", status == 404 and "Ask for a new invitation" in body, body)
    return server, listening


def strangers(story, server, listening):
    story.chapter("strangers")
    junk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    junk.bind(("127.0.0.1", 0))
    for i in range(300):
        junk.sendto(bytes([0x80, 96]) + os.urandom(60), ("127.0.0.1", listening["udp"]))
        junk.sendto(bytes([i % 256]) * 40, ("127.0.0.1", listening["udp"]))
        if i % 50 == 0:
            time.sleep(0.01)
    seen = server.wait_for_second(lambda o: sum(o["dropped"].values()) == 600)
    story.expect("all their packets are counted as dropped", seen and seen["packetsIn"] == 600, server.seconds()[-1:])
    junk.settimeout(0.2)
    try:
        story.expect("and none is answered", False, junk.recv(2000))
    except TimeoutError:
        story.expect("and none is answered", server.seconds()[-1]["packetsOut"] == 0)


def leaving(story, server):
    story.chapter("leaving")
    story.expect("SIGTERM ends it with 0", server.stop() == 0)
    story.expect("nothing on stderr", not server.complaints(), server.complaints())
    for name in ("SIGINT", "SIGHUP", "SIGQUIT"):
        other = Server()
        other.event("listening")
        os.kill(other.pid, getattr(signal, name))
        story.expect(f"{name} too", other.wait(5) == 0)
    short = Server("--duration", "1.2")
    story.expect("a duration as well", short.wait(8) == 0 and len(short.seconds()) == 2, len(short.seconds()))


def keeping(story):
    story.chapter("what stays")
    key = os.path.join(STATE, "directory-key.pem")
    story.expect("the key is for its owner only", stat.S_IMODE(os.stat(key).st_mode) == 0o600)
    invites = []
    for _ in range(2):
        server = Server("--room", "Kept", "--invite-file", "/dev/shm/invite")
        invites.append([server.event("room")[who].split("#")[1] for who in ("invite", "hostInvite")])
        server.kill()
    story.expect("after kill -9 both invitations from the files are still good", invites[0] == invites[1], invites)
    for name in ("invite", "invite.host"):
        story.expect(f"the file '{name}' is for its owner only", stat.S_IMODE(os.stat(f"/dev/shm/{name}").st_mode) == 0o600)
    server = Server("--room", "Kept")
    story.expect("without the file there is a new one", server.event("room")["invite"].split("#")[1] != invites[0][0])
    server.stop()


def rooms(story):
    story.chapter("kinds of rooms")
    server = Server("--room", "A", "--password", "amber-fiddle-canoe")
    invite = server.event("room")["invite"]
    story.expect("the invitation to a room with a password has no key in it", "#v1.." in invite, invite)
    status, body = get(server.event("listening")["http"] + "/v1/rooms/A")
    told = json.loads(body)
    story.expect("the room says that it asks for one", status == 200 and told["kind"] == "password" and "secret" not in told, body)
    server.stop()
    server = Server("--room", "B", "--open")
    told = json.loads(get(server.event("listening")["http"] + "/v1/rooms/B")[1])
    story.expect("an open room tells its key to everybody", told["kind"] == "open" and "secret" in told, told)
    server.stop()


def refusals(story):
    story.chapter("refusals")
    running = Server()
    udp = running.event("listening")["udp"]

    def run(*words):
        return subprocess.run([TUTTI, "serve", "--json", "--http-port", "0", "--udp-port", "0", "--state", STATE, *words],
                              capture_output=True, text=True, timeout=10, check=False)
    for title, words, status, sentence in (
            ("a taken port", ["--udp-port", str(udp)], 1, "Another program uses UDP port"),
            ("a short password", ["--room", "x", "--password", "short"], 1, "at least 12 letters"),
            ("a foreign address", ["--listen", "192.0.2.77"], 1, "no address 192.0.2.77"),
            ("a folder that cannot be", ["--state", "/proc/nowhere"], 1, "cannot be kept"),
            ("what is no address", ["--listen", "here"], 2, "no IPv4 or IPv6 address"),
            ("a password without a room", ["--password", "x"], 2, "--room")):
        done = run(*words)
        story.expect(f"{title}: status {status} and one line", done.returncode == status and sentence in done.stderr
                     and done.stderr.count("\n") == 1, (done.returncode, done.stderr))
    running.stop()


with Story("tutti serve for scripts") as story:
    server, listening = starting(story)
    strangers(story, server, listening)
    leaving(story, server)
    keeping(story)
    rooms(story)
    refusals(story)
