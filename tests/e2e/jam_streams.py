"""Audio streams of the LAN in a jam that runs: a server's are modules of the patch, connected by a file; it is killed, and
comes back; and the mix is offered to others."""
import re

import world

world.enter("ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from endpoint_box import Endpoint, expect_tone, expect_tone_from  # noqa: E402
from solo import Solo, with_cable  # noqa: E402
from story import Story  # noqa: E402

HERTZ = 500
SILENT = 0.001


def stage_on(host):
    return Endpoint(host, "Stage", "--serve", "--offer", f"Pair/2/i24=tone:{HERTZ}", "--take", "Monitor")


def connect(story, ana, stage):
    story.chapter("a server's streams are modules of a jam that runs")
    for guest, kind in (("Stage Pair", "from-endpoint"), ("Stage Monitor", "to-endpoint"), ("Mix", "to-endpoint")):
        story.expect(f"{guest} is here", ana.wait_for_guest(guest, "here") and ana.guest(guest)["kind"] == kind, ana.guest(guest))
    plain = ana.save()
    story.expect("the file says that they are guests", 'role: "guest Stage Pair"' in plain and 'role: "guest Mix"' in plain)
    hostclock.wait_until(lambda: False, 3)
    story.expect("without a cable nothing is heard", ana.loudest() < SILENT, ana.loudest())
    wired = with_cable(plain, 'role: "guest Stage Pair"', "role: master")
    wired = with_cable(wired, 'role: "guest Stage Pair"', 'role: "guest Stage Monitor"')
    wired = with_cable(wired, "role: master", 'role: "guest Mix"')
    loaded = ana.load(wired)
    story.expect("a file with cables is loaded", loaded.returncode == 0, loaded.stderr)
    hostclock.wait_until(lambda: False, 5)
    expect_tone_from(story, "ana hears Stage", lambda: ana.hears(HERTZ), HERTZ, 6)
    expect_tone(story, stage, "ana Monitor", HERTZ)
    return ana.save()


def offer(story, hosts):
    story.chapter("the mix is offered to others")
    ear = Endpoint(hosts["ear"], "Ear", "--connect", "ana")
    story.expect("it is found by our name, and runs", ear.wait_for("started", "ana", 20))
    hostclock.wait_until(lambda: False, 5)
    expect_tone(story, ear, "ana Mix", HERTZ, 6)
    ear.stop()


def kill_and_return(story, hosts, ana, stage):
    story.chapter("the server is killed")
    stage.kill()
    story.expect("its place is kept", ana.wait_for_guest("Stage Pair", "missing", 10), ana.guest("Stage Pair"))
    story.expect("and says why", (ana.guest("Stage Pair") or {}).get("why") == "no sign of life from Stage", ana.guest("Stage Pair"))
    shown = ana.patch("show")
    story.expect("so does the patch", "no sign of life from Stage" in shown.stdout, shown.stdout or shown.stderr)
    story.expect("once it is told as a problem",
                 hostclock.wait_until(lambda: any("Stage" in word["text"] for word in ana.events("problem")), 5))
    hostclock.wait_until(lambda: False, 4)
    story.expect("nothing is heard, and the jam plays on", ana.is_running() and ana.loudest() < SILENT, ana.loudest())

    story.chapter("it comes back")
    stage = stage_on(hosts["stage"])
    story.expect("it takes its place by itself", ana.wait_for_guest("Stage Pair", "here"), ana.guest("Stage Pair"))
    hostclock.wait_until(lambda: False, 5)
    expect_tone_from(story, "ana hears Stage again", lambda: ana.hears(HERTZ), HERTZ, 6)
    return stage


def another_day(story, hosts, yaml):
    story.chapter("another day the file is there before the server")
    ana = Solo(hosts["ana"], "ana", "--lan-stream", "Stage", "--offer-stream", "Mix")
    ana.wait_for_guest("Mix", "here")
    story.expect("it is loaded", ana.load(yaml).returncode == 0)
    story.expect("who is not there yet is a ghost that says why", hostclock.wait_until(
        lambda: (ana.guest("Stage Pair") or {}).get("why") == "no sign of life from Stage", 10), ana.guest("Stage Pair"))
    story.expect("what we offer has its cable", not ana.wait_for_guest("Mix", "missing", 1))
    stage = stage_on(hosts["stage"])
    story.expect("it comes alive", ana.wait_for_guest("Stage Pair", "here"), ana.guest("Stage Pair"))
    hostclock.wait_until(lambda: False, 5)
    expect_tone_from(story, "and is heard", lambda: ana.hears(HERTZ), HERTZ, 6)
    story.expect("saved it is the same, but for what it says of itself",
                 sorted(re.findall(r"- \{from.*", ana.save())) == sorted(re.findall(r"- \{from.*", yaml)))
    for who in (ana, stage):
        story.expect(f"{who.name} leaves cleanly", who.stop() == 0, who.complaints())


def tell(story):
    hosts = {name: lan.Host(name) for name in ("stage", "ana", "ear")}
    lan.Switch(*hosts.values())
    stage = stage_on(hosts["stage"])
    ana = Solo(hosts["ana"], "ana", "--lan-stream", "Stage", "--offer-stream", "Mix=2")
    wired = connect(story, ana, stage)
    offer(story, hosts)
    stage = kill_and_return(story, hosts, ana, stage)
    for who in (ana, stage):
        story.expect(f"{who.name} leaves cleanly", who.stop() == 0, who.complaints())
    another_day(story, hosts, wired)


if __name__ == "__main__":
    with Story("audio streams of the LAN in a jam") as story:
        tell(story)
