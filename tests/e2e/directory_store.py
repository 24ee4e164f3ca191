"""Three servers that share their rooms through one Redis: 200 members stay in their rooms while each of these programs is killed."""
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import urllib.request

import world

world.enter("redis-server", "ip", "openssl")

import hostclock  # noqa: E402
from band import Speaker  # noqa: E402
from crowds import LEASE, Crowd  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
MEMBERS = 200
ROOMS = 4


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Redis(Program):
    def __init__(self, *words):
        folder = "/dev/shm/redis"
        os.makedirs(folder, exist_ok=True)
        super().__init__("redis", ["redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder, *words])
        self.wait_for_line(lambda text: "Ready to accept connections" in text, 10, "its ports")


class Server(Speaker):
    def __init__(self, store, *words, http=0, env=None):
        super().__init__("serve", [TUTTI, "serve", "--json", "--listen", "127.0.0.1", "--http-port", str(http), "--udp-port", "0", "--state", "/dev/shm/state",
                                   "--no-announce", "--store", store, *words], env)
        self.port = int(self.wait_for_event("listening", 20)["http"].rsplit(":", 1)[1])

    def figures(self):
        try:
            with urllib.request.urlopen(f"https://127.0.0.1:{self.port}/metrics", context=ssl._create_unverified_context(), timeout=10) as answer:
                page = answer.read().decode()
        except OSError:
            return {}
        return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", page, re.MULTILINE)}

    def knows(self, rooms, members):
        figures = self.figures()
        return figures.get("tutti_rooms") == rooms and figures.get("tutti_members") == members


def lost_rooms(crowd):
    return crowd.now()["refusals"].get("no-room", 0)


def everybody_knows(servers, seconds=20):
    return hostclock.wait_until(lambda: all(server.knows(ROOMS, MEMBERS) for server in servers), seconds, 1)


def is_carried(now):
    """Whether each room has one forwarder, of those that there are."""
    return all(len(ids) == 1 and ids[0] in now["offered"] for ids in now["forwarders"])


def tell(story, crowd):
    now = crowd.now()
    story.note(f"join p50 {now['joinP50Ms']:.1f} ms, p99 {now['joinP99Ms']:.1f} ms; joined again {now['rejoins']}; "
               f"longest time between two answers {now['worstGapMs'] / 1000:.1f} s; refusals {now['refusals']}")


def coming_in(story, servers):
    story.chapter(f"{MEMBERS} members come in by three servers")
    crowd = Crowd(MEMBERS, 600, [server.port for server in servers])
    story.expect("all are in, and each sees its whole room", crowd.wait(lambda _: crowd.is_whole(), 60), crowd.now())
    story.expect("each server knows all of them", everybody_knows(servers), [server.figures().get("tutti_members") for server in servers])
    here = [server.figures().get("tutti_members_here") for server in servers]
    story.expect("and serves its share", all(60 <= count <= 75 for count in here), here)
    story.expect("each room is carried by one forwarder", len(crowd.now()["offered"]) == 3 and is_carried(crowd.now()), crowd.now()["forwarders"])
    tell(story, crowd)
    return crowd


def an_instance_dies(story, servers, crowd, which):
    story.chapter(f"server {which + 1} is killed")
    crowd_before = crowd.now()
    servers[which].kill()
    left = [server for server in servers if server is not servers[which]]
    story.expect_in_time("its members are heard by the others within a lease",
                         crowd.wait(lambda now: now["t"] > crowd_before["t"] + 2 and crowd.is_whole(), LEASE), crowd.now())
    story.expect("no room and no member is lost", everybody_knows(left) and lost_rooms(crowd) == 0, crowd.now()["refusals"])
    story.expect("nobody was out: not one has joined again", crowd.now()["rejoins"] == crowd_before["rejoins"], crowd.now()["rejoins"])
    story.expect("members are told of two forwarders, and each room is carried by one of them",
                 crowd.wait(lambda now: len(now["offered"]) == 2 and is_carried(now), LEASE), (crowd.now()["offered"], crowd.now()["forwarders"]))
    again = Server(STORE, http=servers[which].port)
    story.expect("another one in its place knows all at once", hostclock.wait_until(lambda: again.knows(ROOMS, MEMBERS), 3, 0.5), again.figures())
    servers[which] = again
    tell(story, crowd)


def redis_dies(story, servers, crowd, redis):
    story.chapter("Redis is killed, for longer than a lease, and comes back empty")
    before = crowd.now()
    redis.kill()
    story.expect("the servers notice", hostclock.wait_until(lambda: all(server.figures().get("tutti_store_up") == 0 for server in servers), 10, 1))
    crowd.wait(lambda now: now["t"] > before["t"] + LEASE + 10, LEASE + 20)
    story.expect("nobody is out meanwhile", crowd.is_whole() and crowd.now()["rejoins"] == before["rejoins"], crowd.now())
    redis = Redis("--port", str(PORT))
    since = crowd.now()["t"]
    story.expect("they find it again",
                 hostclock.wait_until(lambda: all(server.figures().get("tutti_store_up") == 1 for server in servers), 10, 1))
    story.expect_in_time("all members are renewed within a lease",
                         crowd.wait(lambda now: now["t"] > since + LEASE + 2, LEASE + 10) and crowd.is_whole()
                         and crowd.now()["rejoins"] == before["rejoins"], crowd.now())
    story.expect("no room is lost", everybody_knows(servers) and lost_rooms(crowd) == 0)
    keys = subprocess.run(["redis-cli", "-p", str(PORT), "dbsize"], capture_output=True, text=True, check=False).stdout
    story.note(f"keys in the new Redis: {keys.strip()}")
    story.expect("the log says so in a line each", all("is away" in server.complaints() and "is back" in server.complaints() for server in servers),
                 servers[0].complaints())
    tell(story, crowd)
    return redis


def doors(story):
    story.chapter("TLS, a password, and a socket of this machine")
    folder = "/dev/shm/redis"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"], check=True, capture_output=True)
    port = free_port()
    redis = Redis("--port", "0", "--tls-port", str(port), "--tls-cert-file", f"{folder}/cert.pem", "--tls-key-file", f"{folder}/key.pem",
                  "--tls-auth-clients", "no", "--requirepass", "canoe", "--unixsocket", f"{folder}/sock")
    secret = {"TUTTI_STORE_PASSWORD": "canoe"}

    def is_up(server):
        return hostclock.wait_until(lambda: server.figures().get("tutti_store_up") == 1, 5, 0.5)
    sealed = Server(f"rediss://localhost:{port}", "--store-ca", f"{folder}/cert.pem", env=secret)
    story.expect("over TLS, with the password from the environment", is_up(sealed), sealed.complaints())
    local = Server(f"unix://{folder}/sock", env=secret)
    story.expect("by its socket", is_up(local), local.complaints())
    story.expect("the password is in no argument and no line", b"canoe" not in open(f"/proc/{sealed.pid}/cmdline", "rb").read()
                 and "canoe" not in sealed.complaints() + json.dumps(sealed.said))
    for title, address, words, env, sentence in (
            ("a certificate that nobody has signed", f"rediss://localhost:{port}", [], secret, "--store-ca"),
            ("another password", f"unix://{folder}/sock", [], {"TUTTI_STORE_PASSWORD": "kayak"}, "does not take our password"),
            ("no password", f"unix://{folder}/sock", [], {}, "asks for a password"),
            ("nobody there", f"redis://127.0.0.1:{free_port()}", [], {}, "cannot be reached")):
        server = Server(address, *words, env=env)
        said = hostclock.wait_until(lambda: sentence in server.complaints(), 3)
        story.expect(f"{title}: it serves rooms, and says what is wrong", server.figures().get("tutti_store_up") == 0 and said, server.complaints())
        server.stop()
    for title, words, status, sentence in (
            ("a store in the network without TLS", ["--store", "redis://:canoe@192.0.2.1"], 1, "use rediss://"),
            ("a store in the network without password", ["--store", "rediss://192.0.2.1"], 1, "takes a password"),
            ("what is no store", ["--store", "postgres://x"], 2, "redis://HOST"),
            ("an address without a store", ["--forwarder-address", "192.0.2.1"], 2, "which store?")):
        done = subprocess.run([TUTTI, "serve", "--state", "/dev/shm/state", *words], capture_output=True, text=True, timeout=10, check=False)
        story.expect(f"{title}: status {status} and one line", done.returncode == status and sentence in done.stderr and done.stderr.count("\n") == 1,
                     (done.returncode, done.stderr))
    story.expect("SIGTERM ends them with 0", [sealed.stop(), local.stop()] == [0, 0])
    redis.stop()


PORT = free_port()
STORE = f"redis://127.0.0.1:{PORT}"

with Story("rooms that three servers share through Redis") as story:
    redis = Redis("--port", str(PORT))
    servers = [Server(STORE) for _ in range(3)]
    crowd = coming_in(story, servers)
    for which in range(3):
        an_instance_dies(story, servers, crowd, which)
    redis = redis_dies(story, servers, crowd, redis)
    crowd.kill()
    for server in servers:
        story.expect("SIGTERM ends a server with 0", server.stop() == 0)
    redis.stop()
    doors(story)
