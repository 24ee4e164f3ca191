"""The usual set-up: LinkHut on one host, heard by a recorder, and another host beside it for Tutti."""
import hostclock
import lan
from hut import Hut
from sound import ClickRecorder, JackServer
from tutti import Tutti

PROGRAMS = ("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")


class Duo:
    def __init__(self, connect=lan.cable):
        self.hut_host, self.tutti_host = lan.Host("hut"), lan.Host("tutti")
        self.network = connect(self.hut_host, self.tutti_host) if connect else None
        self.server = JackServer()
        self.hut = Hut(self.hut_host, self.server)
        self.recorder = ClickRecorder(self.server, hut=self.hut.ports[0])

    def tutti(self, *flags, enable=True):
        return Tutti(self.tutti_host, *flags, enable=enable)

    def leave(self, *programs):
        """Everybody goes home, and the hosts with them."""
        for program in programs:
            program.quit()
        self.hut.quit()
        self.recorder.stop()
        self.server.stop()
        self.hut_host.leave()
        self.tutti_host.leave()


def _expect_all(story, sentence, programs, field, holds, seconds):
    def values():
        return [getattr(program, field) for program in programs]
    hostclock.wait_until(lambda: all(map(holds, values())), seconds)
    return story.expect(sentence, all(map(holds, values())), values())


def expect_tempo(story, sentence, bpm, *programs, seconds=3.0):
    """All of them show this tempo, but for the digits that a tempo loses on its way (spec link 5.1)."""
    return _expect_all(story, sentence, programs, "tempo", lambda tempo: abs(tempo - bpm) < 0.02, seconds)


def expect_peers(story, count, *programs, seconds=8.0):
    return _expect_all(story, f"they count {count}", programs, "peers", lambda peers: peers == count, seconds)


def expect_playing(story, sentence, wanted, *programs, seconds=4.0):
    return _expect_all(story, sentence, programs, "playing", lambda playing: playing == wanted, seconds)
