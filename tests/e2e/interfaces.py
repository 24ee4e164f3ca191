"""W-6 to W-8 of our own checklist: IPv6 alone, one host, interfaces that go and come (spec link 12)."""
import time

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "nft")

import hostclock  # noqa: E402
import lan  # noqa: E402
from duo import Duo, expect_peers, expect_tempo  # noqa: E402
from hut import Hut  # noqa: E402
from sound import ClickRecorder, JackServer  # noqa: E402
from story import Story  # noqa: E402
from together import expect_together  # noqa: E402
from tutti import Tutti  # noqa: E402


def agree(story, a, b):
    """Two Tuttis say their beat once a second, so ask both for the same moment."""
    time.sleep(1.2)
    t = hostclock.micros() - 100_000
    apart = abs(a.beat_at(t) - b.beat_at(t)) % a.quantum * 60e6 / a.tempo
    apart = min(apart, a.quantum * 60e6 / a.tempo - apart)
    story.expect_in_time("they are on the same beat of the bar", apart < 1000, f"{apart:.0f} µs")


def ipv6_only(story, title, prepare):
    story.chapter(title)
    hosts = [lan.Host(f"six{side}{len(title)}") for side in "ab"]
    prepare(*hosts)
    a = Tutti(hosts[0], "--tempo", "131")
    time.sleep(1)
    b = Tutti(hosts[1], "--tempo", "90")
    expect_peers(story, 1, a, b)
    expect_tempo(story, "the older one's tempo", 131, a, b)
    b.press("e")
    expect_tempo(story, "tempo goes the other way too", 132, a, b)
    agree(story, a, b)
    story.expect("they part in good order", b.quit() == 0)
    expect_peers(story, 0, a, seconds=1)
    a.quit()


def no_ipv4(a, b):
    lan.cable(a, b, ipv4=False)


def ipv4_filtered(a, b):
    lan.cable(a, b)
    for host in (a, b):
        host.run("nft", "add table ip wall; add chain ip wall in { type filter hook input priority 0; };"
                 " add rule ip wall in iifname lan0 drop")


def one_host(story):
    story.chapter("W-7: LinkHut and two Tuttis on one host, without any network")
    host = lan.Host("alone")
    server = JackServer()
    hut = Hut(host, server)
    hut.enable()
    hut.play()
    time.sleep(1)
    pair = [Tutti(host), Tutti(host)]
    expect_peers(story, 2, hut, *pair)
    recorder = ClickRecorder(server, hut=hut.ports[0])
    for tutti in pair:
        expect_together(story, "on one host", recorder, "hut", tutti, bars=True)
    pair[0].press("eee")
    expect_tempo(story, "tempo reaches all three", 123, hut, *pair)
    for tutti in pair:
        tutti.quit()
    hut.quit()
    recorder.stop()
    server.stop()


def interface_goes_and_comes(story):
    story.chapter("W-8: the interface is removed and added, at either side")
    duo = Duo()
    duo.hut.enable()
    duo.hut.play()
    tutti = duo.tutti()
    expect_peers(story, 1, duo.hut, tutti)
    duo.tutti_host.unplug("lan0")  # the other end of a veth pair goes with it
    expect_peers(story, 0, duo.hut, tutti, seconds=9)
    story.expect("Tutti keeps running alone", tutti.is_running())
    lan.cable(duo.hut_host, duo.tutti_host)
    expect_peers(story, 1, duo.hut, tutti, seconds=12)
    expect_together(story, "together again", duo.recorder, "hut", tutti, bars=True)

    story.chapter("W-8: a second network, and the first one goes: one peer all the time")
    lan.cable(duo.hut_host, duo.tutti_host, interface="lan1", subnet=1)
    time.sleep(6)  # both look at their interfaces every five seconds
    since = hostclock.micros()
    duo.tutti_host.unplug("lan0")
    time.sleep(6)
    counts = {status["peers"] for status in tutti.said(since)}
    story.expect("Tutti always counts one", counts == {1}, counts)
    expect_peers(story, 1, duo.hut, tutti)
    expect_together(story, "over the second network", duo.recorder, "hut", tutti)
    duo.leave(tutti)


if __name__ == "__main__":
    with Story("interfaces: IPv6, one host, coming and going") as story:
        ipv6_only(story, "W-6: no IPv4 at all", no_ipv4)
        ipv6_only(story, "W-6: IPv4 filtered away", ipv4_filtered)
        one_host(story)
        interface_goes_and_comes(story)
