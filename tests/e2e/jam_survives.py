"""What breaks in a session, and how soon the sound is back: server, member, sound server, network (kill -9, cables)."""
import subprocess
import sys
import time

import world

world.enter("jackd", "jack_lsp", "jack_wait", "ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Ear, Jam, Paced, Serve  # noqa: E402
from program import Program  # noqa: E402
from story import Story  # noqa: E402

BACK_WITHIN = 3.0  # s from when the cause has ended
AWAY = 2.0  # s for which something is broken
LEASE = 15  # s until the directory lets a silent member go


class Stage:
    """Ana on one segment, ben and cleo on another, the server on both: ana's sound needs the forwarder, cleo's does not.
    Ben listens."""

    def __init__(self):
        self.server_host, self.ana_host, self.ben_host, self.cleo_host = (
            lan.Host(name) for name in ("host", "ana", "ben", "cleo"))
        lan.Switch(self.server_host, self.ana_host)
        lan.Switch(self.server_host, self.ben_host, self.cleo_host, interface="lan1", subnet=1)
        for host in (self.ben_host, self.cleo_host):
            host.ip("route", "add", "10.77.0.0/24", "via", self.server_host.address(1))
        self.serve = Serve(self.server_host)
        self.invitation = self.serve.invitation  # stays good: members open their room again
        self.ben = Jam(self.ben_host, self.serve.invitation, "ben")
        self.ana = Jam(self.ana_host, self.serve.invitation, "ana")
        self.cleo = Paced(self.cleo_host, self.serve.invitation, "cleo")
        self.listen()
        self.play()

    def play(self):
        """Ana's instrument is plugged in as soon as there is something to plug it into."""
        env = self.ana.server.env
        hostclock.wait_until(lambda: "tutti:in_1" in subprocess.run(
            ["jack_lsp"], env=env | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False).stdout, 10, 0.05)
        self.musician = Program("musician", [world.built("musician"), "tutti:in_1", "tutti:in_2"], env)

    def listen(self):
        self.to_ana, self.to_cleo = (Ear(self.ben.server, hz=hz) for hz in (1000, 1500))


def expect_silence(story, ear, since, usual):
    """So that what comes after it is a return."""
    silent = ear.missing(since, usual)
    story.expect_in_time("meanwhile ana is not heard", silent > AWAY / 2, f"{silent:.2f} s")


def expect_back(story, what, ear, ended, usual):
    after = ear.wait_until_good(ended, usual, 20)
    story.expect_in_time(f"{what} is heard within {BACK_WITHIN:.0f} s", after is not None and after <= BACK_WITHIN,
                         f"after {after:.2f} s" if after is not None else "never")


def server_dies(story, stage, ana, cleo):
    story.chapter("kill -9 of the server, and its return on the same ports without memory")
    began = hostclock.micros()
    stage.serve.kill()
    time.sleep(AWAY)
    expect_silence(story, stage.to_ana, began, ana)
    stage.serve = stage.serve.start_again()
    expect_back(story, "ana", stage.to_ana, hostclock.micros(), ana)
    time.sleep(6)  # until nobody is waited for any more
    missing = stage.to_cleo.missing(began, cleo)
    story.expect_in_time("cleo, who can be reached directly, was missed for a second at most", missing < 1.2, f"{missing:.2f} s missing")
    story.expect("all strips are there", stage.ben.players() == ["ana", "cleo"], stage.ben.players())
    words = [word for word in list(stage.serve.said) if "members" in word]
    story.expect("the server knows all of them", words and words[-1]["members"] == 3, words[-1:])


def member_dies(story, stage, ana, cleo):
    story.chapter("kill -9 of a member, started again")
    began = hostclock.micros()
    for program in (stage.ana, stage.musician):
        program.kill()
    time.sleep(AWAY)
    expect_silence(story, stage.to_ana, began, ana)
    ended = hostclock.micros()
    stage.ana = Jam(stage.ana_host, stage.invitation, "ana", server=stage.ana.server)
    stage.play()
    expect_back(story, "ana", stage.to_ana, ended, ana)
    missing = stage.to_cleo.missing(began, cleo)
    story.expect_in_time("cleo was heard all the time", missing < 0.15, f"{missing:.2f} s missing")
    gone = hostclock.wait_until(lambda: stage.ben.players() == ["ana", "cleo"], LEASE + 5)
    took = (hostclock.micros() - began) / 1e6
    story.expect_in_time("the strip of who was killed is gone with the lease", gone, f"{took:.1f} s, {stage.ben.players()}")


def sound_server_dies(story, stage, ana):
    story.chapter("kill -9 of the player's JACK server, and its return")
    began = hostclock.micros()
    stage.ana.server.crash()
    stage.musician.kill()
    time.sleep(AWAY)
    expect_silence(story, stage.to_ana, began, ana)
    stage.ana.server.start()
    ended = hostclock.micros()
    stage.play()
    expect_back(story, "ana", stage.to_ana, ended, ana)
    story.chapter("kill -9 of the listener's JACK server, and its return")
    stage.ben.server.crash()
    for ear in (stage.to_ana, stage.to_cleo):
        ear.kill()
    time.sleep(AWAY)
    stage.ben.server.start()
    ended = hostclock.micros()
    hostclock.wait_until(lambda: "tutti:out_1" in stage.ben.server.outputs(), 10, 0.05)
    stage.listen()
    expect_back(story, "ana", stage.to_ana, ended, ana)


def network_goes(story, stage, ana, seconds):
    story.chapter(f"an interface goes down, and up after {seconds:.0f} s")
    began = hostclock.micros()
    stage.ana_host.ip("link", "set", "lan0", "down")
    time.sleep(seconds)
    expect_silence(story, stage.to_ana, began, ana)
    stage.ana_host.ip("link", "set", "lan0", "up")
    expect_back(story, "ana", stage.to_ana, hostclock.micros(), ana)
    back = hostclock.wait_until(lambda: stage.ben.players() == ["ana", "cleo"], 5)
    story.expect_in_time("there is one strip for each", back, stage.ben.players())


if __name__ == "__main__":
    with Story("a session survives what breaks") as story:
        stage = Stage()
        hostclock.wait_until(lambda: stage.ben.hears("ana") and stage.ben.hears("cleo"), 10)
        time.sleep(3)
        ana, cleo = stage.to_ana.usual(), stage.to_cleo.usual(0.2)
        paths = {name: stage.ben.hears(name)[-1]["path"] for name in ("ana", "cleo")}
        story.note(f"paths: {paths}")
        story.expect("ana is heard through the forwarder", paths["ana"] == "forwarder", paths["ana"])
        story.expect("both are heard", ana > 0.3 and cleo > 0.15, (ana, cleo))
        server_dies(story, stage, ana, cleo)
        sound_server_dies(story, stage, ana)
        network_goes(story, stage, ana, AWAY)
        if "--long" in sys.argv:
            network_goes(story, stage, ana, LEASE + 3)
        member_dies(story, stage, ana, cleo)
        story.expect("the members leave cleanly", [one.leave() for one in (stage.ana, stage.ben, stage.cleo)] == [0] * 3)
        story.expect("the server leaves cleanly", stage.serve.stop() == 0)
