"""Two thousand members on one server: they come in, stay, and are not disturbed by a thousand who say half a word."""
import os
import re
import resource
import socket
import ssl
import subprocess
import urllib.request

import world

world.enter("ip")

import hostclock  # noqa: E402
from band import Speaker  # noqa: E402
from crowds import LEASE, Crowd  # noqa: E402
from process_watch import descriptors, resident_kilobytes  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
QUARTERS, IN_EACH = 5, 400
MEMBERS = QUARTERS * IN_EACH
STAY = 4 * LEASE
NEWCOMERS = 100
JOIN_MS = 50  # so fast is whoever joins, but for one in a hundred
STRANGERS, OF_ONE_HOUSE = 1000, 100
PATIENCE = 5  # s that a stranger gets
SERVE = [TUTTI, "serve", "--listen", "127.0.0.1", "--http-port", "0", "--udp-port", "0", "--state", "/dev/shm/state", "--no-announce"]


class Server(Speaker):
    def __init__(self):
        super().__init__("serve", [*SERVE, "--json"])
        self.port = int(self.wait_for_event("listening", 20)["http"].rsplit(":", 1)[1])

    def members(self):
        return self.events("second")[-1]["members"]

    def threads(self):
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def processor_seconds(self):
        with urllib.request.urlopen(f"https://127.0.0.1:{self.port}/metrics", context=ssl._create_unverified_context(), timeout=20) as answer:
            return float(re.search(r"^process_cpu_seconds_total (\S+)$", answer.read().decode(), re.MULTILINE)[1])

    def share(self, seconds):
        """Processor time of one core, while this much passes."""
        before, since = self.processor_seconds(), hostclock.micros()
        hostclock.wait_until(lambda: False, seconds)
        return (self.processor_seconds() - before) / ((hostclock.micros() - since) / 1e6)

    def holds(self):
        return f"{self.threads()} threads, {descriptors(self.pid)} descriptors, {resident_kilobytes(self.pid) // 1024} MB"


def tell(story, title, crowds):
    told = [crowd.now() for crowd in crowds]
    story.note(f"{title}: join p50 {max(now['joinP50Ms'] for now in told):.1f} ms, p99 {max(now['joinP99Ms'] for now in told):.1f} ms (of the slowest "
               f"crowd); longest time between two answers {max(now['worstGapMs'] for now in told) / 1000:.1f} s; "
               f"refusals {[now['refusals'] for now in told if now['refusals']]}")


def coming_in(story, server):
    story.chapter(f"{MEMBERS} members come in, fifty a second")
    threads = server.threads()
    story.note(f"before: {server.holds()}")
    crowds = []
    for quarter in range(QUARTERS):
        crowds.append(Crowd(IN_EACH, 1200, [server.port], quarter))
        story.expect(f"{(quarter + 1) * IN_EACH} are in, and each sees its whole room", crowds[-1].wait(lambda _: crowds[-1].is_whole(), 90),
                     crowds[-1].now() if not crowds[-1].is_whole() else "")
    tell(story, "all", crowds)
    story.note(f"with them: {server.holds()}")
    story.expect("the server knows them all", hostclock.wait_until(lambda: server.members() == MEMBERS, 5), server.members())
    story.expect("they cost no thread", server.threads() <= threads + 8, (threads, server.threads()))
    return crowds


def staying(story, server, crowds):
    story.chapter(f"they stay for {STAY} s")
    before = [crowd.now()["t"] for crowd in crowds]
    share = server.share(STAY)
    story.note(f"the server uses {100 * share:.1f} % of one core; {server.holds()}")
    story.expect("and leaves most of it to others", share < 0.5, f"{100 * share:.1f} %")
    story.expect("all leases hold", all(crowd.is_whole() and crowd.now()["t"] > t + STAY - 5 for crowd, t in zip(crowds, before))
                 and server.members() == MEMBERS, server.members())
    story.expect("nobody was out, nobody was refused", all(crowd.now()["rejoins"] == 0 and not crowd.now()["refusals"] for crowd in crowds))


def newcomers(story, server, quarter):
    crowd = Crowd(NEWCOMERS, 1200, [server.port], quarter)
    crowd.wait(lambda _: crowd.is_whole(), 60)
    p99 = crowd.now()["joinP99Ms"]
    story.expect(f"{NEWCOMERS} more come in, each within {JOIN_MS} ms (p99)", crowd.is_whole() and p99 <= JOIN_MS, f"{p99:.1f} ms")
    return crowd


def stranger(port, number):
    """Connects, and begins what might become TLS."""
    one = socket.socket()
    one.settimeout(PATIENCE + 10)
    one.bind((f"127.0.200.{1 + number // OF_ONE_HOUSE}", 0))
    one.connect(("127.0.0.1", port))
    one.sendall(b"\x16\x03\x01")
    return one


def is_over(one):
    try:
        return one.recv(100) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


def slow_strangers(story, server, crowds):
    story.chapter(f"{STRANGERS} strangers say half a word each")
    threads = server.threads()
    strangers = [stranger(server.port, i) for i in range(STRANGERS)]
    story.note(f"with them: {server.holds()}")
    story.expect("they cost no thread", server.threads() <= threads + 8, (threads, server.threads()))
    late = newcomers(story, server, QUARTERS + 1)
    story.expect(f"after {PATIENCE} s they are heard no more", all(is_over(one) for one in strangers))
    story.expect("no member has noticed", all(crowd.is_whole() and crowd.now()["rejoins"] == 0 for crowd in crowds))
    return late


def leaving(story, server, crowds):
    story.chapter("all go without a word")
    for crowd in crowds:
        crowd.kill()
    story.expect("after a lease nobody is there", hostclock.wait_until(lambda: server.members() == 0, LEASE + 10, 1), server.members())
    few = descriptors(server.pid)
    story.expect("and their connections are closed", few < 100, few)
    story.note(f"afterwards: {server.holds()}")
    story.expect("SIGTERM ends the server with 0", server.stop() == 0)


def few_files(story):
    story.chapter("a system that lets a program have few files")
    done = subprocess.run([*SERVE, "--duration", "1"], capture_output=True, text=True, timeout=20, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024)))
    said = [line for line in done.stderr.splitlines() if "704 connections" in line]
    story.expect("is told what that means, and what helps", done.returncode == 0 and len(said) == 1 and "LimitNOFILE" in said[0], done.stderr)


most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, most_files), most_files))  # for the strangers

with Story("two thousand members on one server") as story:
    server = Server()
    crowds = coming_in(story, server)
    staying(story, server, crowds)
    story.chapter("somebody joins meanwhile")
    crowds.append(newcomers(story, server, QUARTERS))
    crowds.append(slow_strangers(story, server, crowds))
    leaving(story, server, crowds)
    few_files(story)
