"""Audio channels of a Link session: two Tuttis beside LinkHut, clicks on the beat through tempo changes, then a bad wire."""
import shutil
import statistics
import subprocess

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import clicktrack  # noqa: E402
import hostclock  # noqa: E402
import lan  # noqa: E402
import sine  # noqa: E402
from duo import expect_peers, expect_tempo  # noqa: E402
from hut import Hut  # noqa: E402
from link_audio import RATE, LinkAudio, clicks_on_the_beat  # noqa: E402
from sound import JackServer  # noqa: E402
from story import Story  # noqa: E402
from supercollider import SuperCollider  # noqa: E402
from tutti import Tutti, executable  # noqa: E402

LIVE = 10  # ms
TEMPI = (60, 75, 100, 140, 180)
CLICKS_EACH = 6
LONGEST_HOLE = 20  # ms of silence in a tone: a lost datagram and its soft edges are shorter
TONE = 500


def conduct(story, tutti, listener):
    """The tempo jumps, and stays for some clicks each."""
    for bpm in TEMPI:
        tutti.press("w" * round(tutti.tempo - bpm) if tutti.tempo > bpm else "e" * round(bpm - tutti.tempo))
        if not expect_tempo(story, f"{bpm} bpm everywhere", bpm, tutti, listener, seconds=6):
            return
        hostclock.wait_until(lambda: False, CLICKS_EACH * 60 / bpm)


def judge_clicks(story, ana, ben):
    beats, good = clicks_on_the_beat(story, ben, ana)
    for bpm in TEMPI:
        at_tempo = [beats.off(t) for t in good if abs(beats.tempo(t) - bpm) < 0.1]
        story.note(f"at {bpm} bpm: {clicktrack.summary(at_tempo)}")
    gaps = [later - earlier for earlier, later in zip(good, good[1:])]
    story.note(f"from {min(gaps) / 1000:.0f} to {max(gaps) / 1000:.0f} ms apart")


def longest_hole(path):
    """ms of silence inside the tone, and how many stretches of it are longer than that."""
    signal = sine.read(path, RATE, 1e6)
    loud = [frame for frame, sample in enumerate(signal) if abs(sample) > 0.05]
    holes = sorted((later - earlier) * 1000 / RATE for earlier, later in zip(loud, loud[1:]))
    return (holes[-1] if holes else None), sum(hole > LONGEST_HOLE for hole in holes)


def on_the_beat(story, hosts):
    server = JackServer()
    hut = Hut(hosts["hut"], server)
    hut.set_tempo(120)
    hut.enable()
    hut.play()
    hostclock.wait_until(lambda: False, 1)
    conductor = Tutti(hosts["hut"])
    sc = SuperCollider(hosts["sc"], tempo=100) if shutil.which("sclang") else None
    others = [program for program in (hut, conductor, sc) if program]
    ana = LinkAudio(hosts["ana"], "Ana", "--publish", "Click=clicks", "--publish", f"Tone=tone:{TONE}")
    ben = LinkAudio(hosts["ben"], "Ben", "--subscribe", "Ana/Click", "--mode", "beats", "--record", "/dev/shm/Ben.wav")

    story.chapter("who is there")
    everybody = [*others, ana, ben]
    expect_peers(story, len(everybody) - 1, *everybody)
    expect_tempo(story, "all have the tempo of the oldest", 120, *everybody, seconds=5)
    story.expect("Ben sees Ana's channels", hostclock.wait_until(
        lambda: ben.channels() == ["Ana/Click", "Ana/Tone"], 5), ben.channels())
    story.expect("Ben hears Ana", ben.wait_to_hear("Click"), ben.hears("Click"))
    story.expect("only what somebody wants is sent", [channel["heard"] for channel in ana.status["published"]] == [True, False])

    story.chapter("clicks through tempo changes, heard a beat later")
    conduct(story, conductor, ben)
    ben.next_second()
    story.expect("a beat later, by what is shown", abs(ben.hears("Click")["lagBeats"] - 1) < 0.01, ben.hears("Click"))
    expect_peers(story, len(everybody) - 1, *everybody)
    expect_tempo(story, "all have the same tempo, with sound or without", TEMPI[-1], *everybody, seconds=5)
    story.expect("LinkHut plays on", hut.playing)
    story.expect("Ben leaves in good order", ben.stop() == 0, ben.complaints()[-300:])
    judge_clicks(story, ana, ben)
    return hut, conductor, sc, server, ana


def live(story, hosts, ana):
    story.chapter("live")
    dora = LinkAudio(hosts["ben"], "Dora", "--subscribe", "Ana/Tone", "--mode", "live")
    story.expect("Dora hears Ana", dora.wait_to_hear("Tone"), dora.hears("Tone"))

    def delays():
        return [channel["delayMs"] for word in dora.seconds()[-8:] for channel in word["heard"]]
    hostclock.wait_until(lambda: False, 8)  # the clocks are found within some seconds
    low = hostclock.wait_until(lambda: statistics.median(delays()) <= LIVE, 30)
    story.expect(f"with a delay of at most {LIVE} ms, as is shown", low, delays())
    story.note(dora.hears("Tone"))
    dora.stop()


def home_again(story, hut, conductor, sc, server, ana):
    story.expect("Ana leaves in good order", ana.stop() == 0, ana.complaints()[-300:])
    left = [program for program in (hut, conductor, sc) if program]
    expect_peers(story, len(left) - 1, *left)
    conductor.quit()
    hut.quit()
    if sc:
        sc.stop()
    server.stop()


def bad_wire(story):
    story.chapter("1 % lost, 3 ms of jitter")
    near, far = lan.Host("near"), lan.Host("far")
    lan.Wire(near, far, subnet=1, interface="wire0", delay="5ms", jitter="3ms", loss="1%", seed=5)
    eva = LinkAudio(near, "Eva", "--publish", f"Tone=tone:{TONE}")
    listeners = [LinkAudio(far, name, "--subscribe", "Eva/Tone", "--mode", mode, "--record", f"/dev/shm/{name}.wav")
                 for name, mode in (("Live", "live"), ("Later", "beats"))]
    for listener in listeners:
        story.expect(f"{listener.name} hears Eva", listener.wait_to_hear("Tone", 30), listener.hears("Tone"))
    hostclock.wait_until(lambda: False, 15)
    for listener in listeners:
        listener.next_second()
        heard = listener.hears("Tone")
        story.note(heard)
        lost = heard["lost"] / max(1, heard["frames"] / 125)
        story.expect("about one datagram in a hundred is lost", 0.002 < lost < 0.03, f"{lost:.1%}")
        disturbed = len(listener.disturbed()) + len(eva.disturbed())
        story.expect(f"{listener.name} leaves in good order", listener.stop() == 0)
        longest, many = longest_hole(listener.wav)
        story.expect(f"no hole in the tone is longer than {LONGEST_HOLE} ms, but where a steady clock was late",
                     longest is not None and many <= 2 * disturbed + 1, f"longest {longest:.1f} ms, {many} long ones, {disturbed} late seconds")
    story.expect("Eva leaves in good order", eva.stop() == 0)


def refusals(story, hosts):
    story.chapter("what cannot be")
    for words, status in ((["--device", "jack", "--jack-server", "nowhere", "--publish", "A"], 1),
                          (["--device", "paced", "--publish", "A=/nowhere.wav"], 1),
                          (["--subscribe", "A/b", "--device", "paced", "--record", "/nowhere/a.wav"], 1),
                          (["--subscribe", "Drums"], 2)):
        answer = subprocess.run(hosts["ana"].command(executable(), "linkaudio", *words), capture_output=True, text=True, timeout=30)
        story.expect(f"{words}: exit status {status}, one line on stderr",
                     answer.returncode == status and answer.stderr.count("\n") == 1, f"{answer.returncode} {answer.stderr!r}")


if __name__ == "__main__":
    with Story("audio channels of a Link session") as story:
        hosts = {name: lan.Host(name) for name in ("hut", "ana", "ben", "sc")}
        lan.Switch(*hosts.values())
        company = on_the_beat(story, hosts)
        live(story, hosts, company[-1])
        home_again(story, *company)
        bad_wire(story)
        refusals(story, hosts)
