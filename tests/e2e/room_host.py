"""The host of a room on a server: whoever joins with the invitation that was printed for them alone."""
import subprocess

import world

world.enter("ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Serve  # noqa: E402
from stage import StageBox  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402


def wait_for_problem(jam, words, seconds=5):
    return hostclock.wait_until(lambda: any(words in told["text"] for told in jam.events("problem")), seconds)


def is_silent(jam, name):
    return not jam.hears(name)[-1]["heard"]


def refused(host, invitation):
    """What the program says when it is not let in; nothing if it is, before the room's host has been heard."""
    return subprocess.run(host.command(executable(), "jam", invitation, "--name", "cora", "--device", "paced",
                                       "--duration", "1"), capture_output=True, text=True, timeout=20, check=False).stderr


if __name__ == "__main__":
    with Story("the host of a room on a server") as story:
        server, ana_host, ben_host, cora_host = (lan.Host(name) for name in ("server", "ana", "ben", "cora"))
        lan.Switch(server, ana_host, ben_host, cora_host)
        serve = Serve(server)
        invitation = serve.events("room")[0]
        ana = StageBox(ana_host, invitation["hostInvite"], "ana")
        ben = StageBox(ben_host, invitation["invite"], "ben", "--input", "tone:440")
        story.expect("the host hears ben", ana.wait_to_hear("ben") and hostclock.wait_until(lambda: not is_silent(ana, "ben"), 5))

        story.chapter("who is no host")
        ben.say("lock\nkick ana\ndance\n")
        story.expect("cannot lock", wait_for_problem(ben, "Only the host"))
        story.expect("and is told what is no wish", wait_for_problem(ben, "'dance' is none of"))
        story.expect("ana is still there", ana.is_running() and ben.wait_to_hear("ana", 3))

        story.chapter("the host")
        ana.say("mute ben\n")
        story.expect("mutes ben to the room", hostclock.wait_until(lambda: is_silent(ana, "ben"), 5))
        ana.say("unmute ben\n")
        story.expect("and lets him be heard again", hostclock.wait_until(lambda: not is_silent(ana, "ben"), 5))
        ana.say("mute nobody\n")
        story.expect("is told who is not there", wait_for_problem(ana, "There is no player 'nobody'"))
        ana.say("lock\n")
        story.expect("locks the room", hostclock.wait_until(
            lambda: "locked this room" in refused(cora_host, invitation["invite"]), 10))
        ana.say("unlock\nkick ben\n")
        story.expect("sends ben away", hostclock.wait_until(lambda: not ben.is_running(), 5))
        story.expect("who is told so", ben.wait(1) == 1 and "asked you to leave" in ben.complaints(), ben.complaints())
        story.expect("the host leaves", ana.stop() == 0, ana.complaints())
        story.expect("the server as well", serve.stop() == 0)
