"""Channels of the Link session in a jam that runs: another program's is a module of the patch, connected by a file; it is
killed, and comes back; and the mix is published to others."""
import tempfile

import world

world.enter("ip")

import hostclock  # noqa: E402
import lan  # noqa: E402
from band import Speaker, home  # noqa: E402
from endpoint_box import LOUD, expect_tone_from, heard_in  # noqa: E402
from solo import Solo, with_cable  # noqa: E402
from story import Story  # noqa: E402
from tutti import executable  # noqa: E402

HERTZ = 500
SILENT = 0.001
GUEST = "Live / Tone"


class Channels(Speaker):
    """`tutti linkaudio` on a steady clock: another program of the session."""

    def __init__(self, host, name, *flags):
        super().__init__(name, host.command(
            executable(), "linkaudio", "--json", "--device", "paced", "--frames", "64", "--name", name, *flags), home(host))
        self.wait_for_event("ready")

    def hears(self, channel):
        said = [word for word in list(self.said) if "heard" in word]
        return bool(said) and any(one["name"] == channel and one["state"] == "sounding" for one in said[-1]["heard"])


def live_on(host):
    return Channels(host, "Live", "--publish", f"Tone=tone:{HERTZ}", "--publish", "Other=tone:300")


def connect(story, ana):
    story.chapter("channels of another program are modules of a jam that runs")
    for guest, kind in ((GUEST, "from-channel"), ("Live / Other", "from-channel"), ("Mix", "to-channel")):
        story.expect(f"{guest} is here", ana.wait_for_guest(guest, "here") and ana.guest(guest)["kind"] == kind, ana.guest(guest))
    plain = ana.save()
    story.expect("the file says that they are guests", f'role: "guest {GUEST}"' in plain and 'role: "guest Mix"' in plain)
    story.expect("without a cable nothing is heard", ana.loudest() < SILENT, ana.loudest())
    loaded = ana.load(with_cable(plain, f'role: "guest {GUEST}"', "role: master"))
    story.expect("a file with a cable is loaded", loaded.returncode == 0, loaded.stderr)
    hostclock.wait_until(lambda: False, 6)
    expect_tone_from(story, "ana hears Live", lambda: ana.hears(HERTZ), HERTZ, 6)
    return ana.save()


def publish(story, host):
    story.chapter("the mix is published")
    wav = f"{tempfile.mkdtemp(prefix='ear-', dir='/dev/shm')}/heard.wav"
    ear = Channels(host, "Ear", "--subscribe", "ana/Mix", "--record", wav)
    story.expect("it is heard under its name", hostclock.wait_until(lambda: ear.hears("Mix"), 20))
    hostclock.wait_until(lambda: False, 5)
    expect_tone_from(story, "by another program", lambda: heard_in(wav, 48_000, HERTZ), HERTZ, 6)
    story.expect("Ear leaves cleanly", ear.stop() == 0, ear.complaints())


def kill_and_return(story, host, ana, live):
    story.chapter("the other program is killed")
    live.kill()
    story.expect("its place is kept", ana.wait_for_guest(GUEST, "missing", 20), ana.guest(GUEST))
    story.expect("and says why", (ana.guest(GUEST) or {}).get("why") == "Live is not in the Link session", ana.guest(GUEST))
    shown = ana.patch("show")
    story.expect("so does the patch", "Live is not in the Link session" in shown.stdout, shown.stdout or shown.stderr)
    story.expect("once it is told as a problem",
                 hostclock.wait_until(lambda: any(GUEST in word["text"] for word in ana.events("problem")), 5))
    hostclock.wait_until(lambda: False, 2)
    story.expect("nothing is heard, and the jam plays on", ana.is_running() and ana.loudest() < SILENT, ana.loudest())

    story.chapter("it comes back")
    live = live_on(host)
    story.expect("it takes its place by itself", ana.wait_for_guest(GUEST, "here"), ana.guest(GUEST))
    hostclock.wait_until(lambda: False, 6)
    expect_tone_from(story, "ana hears Live again", lambda: ana.hears(HERTZ), HERTZ, 6)
    return live


def another_day(story, hosts, yaml):
    story.chapter("another day the file is there before the other program")
    ana = Solo(hosts["ana"], "ana", "--link-audio")
    story.expect("it is loaded", ana.load(yaml).returncode == 0)
    story.expect("who is not there yet is a ghost that says why", hostclock.wait_until(
        lambda: (ana.guest(GUEST) or {}).get("why") == "Live is not in the Link session", 10), ana.guest(GUEST))
    story.expect("what we published is published again", ana.wait_for_guest("Mix", "here"), ana.guest("Mix"))
    live = live_on(hosts["live"])
    story.expect("it comes alive", ana.wait_for_guest(GUEST, "here"), ana.guest(GUEST))
    publish(story, hosts["ear"])
    return ana, live


def tell(story):
    story.note(f"tones are played at {LOUD}")
    hosts = {name: lan.Host(name) for name in ("live", "ana", "ear")}
    lan.Switch(*hosts.values())
    live = live_on(hosts["live"])
    ana = Solo(hosts["ana"], "ana", "--link-audio", "--publish-channel", "Mix=mix")
    wired = connect(story, ana)
    publish(story, hosts["ear"])
    live = kill_and_return(story, hosts["live"], ana, live)
    for who in (ana, live):
        story.expect(f"{who.name} leaves cleanly", who.stop() == 0, who.complaints())
    for who in another_day(story, hosts, wired):
        story.expect(f"{who.name} leaves cleanly", who.stop() == 0, who.complaints())


if __name__ == "__main__":
    with Story("channels of the Link session in a jam") as story:
        tell(story)
