"""The harness proves itself: LinkHut against LinkHut, whose differences are known."""
import statistics
import sys
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

import lan  # noqa: E402
from hut import Hut  # noqa: E402
from sound import ClickRecorder, JackServer, differences, summary  # noqa: E402
from story import Story  # noqa: E402


def listen(story, server, a, b, seconds):
    recorder = ClickRecorder(server, A=a.ports[0], B=b.ports[0])
    time.sleep(seconds)
    recorder.stop()
    story.note(f"A {len(recorder.clicks('A'))} clicks, B {len(recorder.clicks('B'))}, xruns {len(recorder.xruns)}")
    return differences(recorder.clicks("A"), recorder.clicks("B"))


def meet(story, a, b):
    a.set_tempo(121)  # beats then fall between samples, each time elsewhere: the mean sees less than a sample
    a.enable()
    b.enable()
    story.expect("they see each other", a.wait_for(lambda s: s.peers == 1, 8) and b.wait_for(lambda s: s.peers == 1, 8))
    for hut in (a, b):
        hut.play()
    time.sleep(2.5)  # the count-in of four beats


def compare(story, title, connect, seconds=8):
    story.chapter(title)
    hosts = [lan.Host(f"h{title.split()[0]}{side}") for side in "ab"]
    network = connect(*hosts)
    server = JackServer()
    a, b = (Hut(host, server) for host in hosts)
    meet(story, a, b)
    apart = listen(story, server, a, b, seconds)
    story.note(summary(apart))
    for hut in (a, b):
        hut.quit()
    server.stop()
    if network:
        story.note(network.cut())
    return apart


if __name__ == "__main__":
    with Story("two LinkHuts, by their clicks") as story:
        apart = compare(story, "cable", lan.cable)
        story.expect("on a cable the median is below 40 µs", apart and abs(statistics.median(apart)) < 40)
        for run in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
            apart = compare(story, f"w5-{run} over 5 ± 1 ms",
                            lambda x, y: lan.Wire(x, y, delay="5ms", jitter="1ms", seed=run + 1))
            story.expect("over 5 ± 1 ms below 0.4 ms", apart and abs(statistics.median(apart)) < 400)
            apart = compare(story, f"w10-{run} over 10 ± 5 ms",
                            lambda x, y: lan.Wire(x, y, delay="10ms", jitter="5ms", seed=run + 1))
            story.expect("over 10 ± 5 ms below 2 ms", apart and abs(statistics.median(apart)) < 2000)
