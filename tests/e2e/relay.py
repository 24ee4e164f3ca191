"""A TURN server between us and a peer: whatever happens to it, the sound is back within a second."""
import tempfile

import world

world.enter("ip", "ss", "openssl", "turnserver", "turnutils_peer")

import hostclock  # noqa: E402
import lan  # noqa: E402
from coturn import NAME, PASSWORD, SECRET, Certificate, Coturn, Echo, Player  # noqa: E402
from story import Story  # noqa: E402

MOST = 1000  # ms without sound
ALL = ("udp", "tcp", "tls")


class Stage:
    def __init__(self):
        self.server, self.player, self.friend = map(lan.Host, ("server", "player", "friend"))
        self.switch = lan.Switch(self.server, self.player, self.friend)
        self.echo = Echo(self.friend)
        self.folder = tempfile.TemporaryDirectory(prefix="tutti-relay-")
        self.certificate = Certificate(self.folder.name)

    def coturn(self, port, **settings):
        return Coturn(self.server, port, self.certificate, **settings)

    def plays(self, coturn, transport, *flags, **more):
        if transport == "tls" and "--pin" not in flags and "--host" not in flags:
            flags += ("--pin", self.certificate.pin())
        return Player(self.player, self.server, coturn, self.echo, transport, *flags, **more)


def by_every_way(story, stage):
    story.chapter("UDP, TCP and TLS; then the server crashes and starts anew")
    coturn = stage.coturn(3478)
    players = [stage.plays(coturn, way, "--password", PASSWORD) for way in ALL]
    for player in players:
        story.expect(f"{player.name} hears the echo", player.wait_to_hear())
    since = hostclock.micros()
    hostclock.wait_until(lambda: False, 5)
    for player in players:
        gap = player.longest_gap(since)
        story.expect_in_time(f"{player.name} hears it without a gap of {MOST} ms", gap < MOST, f"{gap:.1f} ms")
    since = hostclock.micros()
    story.note(f"the server is away for {coturn.restart():.2f} s")
    for player in players:
        story.expect(f"{player.name} hears the echo again", player.hears_now())
        gap = player.longest_gap(since)
        story.expect_in_time(f"{player.name}: the gap is at most {MOST} ms", gap <= MOST, f"{gap:.0f} ms")
        story.expect(f"{player.name} knows its relay's new address", len(player.events("relayed")) == 2)
        player.part(story)
    coturn.stop()


def trust(story, stage):
    story.chapter("TLS: whom we trust")
    coturn = stage.coturn(3500)
    roots = {"SSL_CERT_FILE": stage.certificate.file}
    named = stage.plays(coturn, "tls", "--password", PASSWORD, "--host", NAME, env=roots)
    story.expect("a certificate that the system trusts and that has the right name", named.wait_to_hear())
    named.part(story)
    wrong = {
        "of another name": (("--host", "other.tutti.test"), roots),
        "that nobody vouches for": (("--host", NAME), None),
        "with another key than the pinned one": (("--pin", "00" * 32), None),
    }
    for which, (flags, env) in wrong.items():
        player = stage.plays(coturn, "tls", "--password", PASSWORD, *flags, env=env)
        lost = player.wait_for_event("lost", 5)
        story.expect(f"a certificate {which} is refused in words", "certificate is wrong" in lost["why"], lost["why"])
        player.stop()
        story.expect("and nothing was played", not player.events("relayed"))
    guesser = stage.plays(coturn, "udp", "--password", "guessed")
    why = guesser.wait_for_event("lost", 5)["why"]
    story.expect("a wrong password is told in words", "does not know this user or password" in why, why)
    guesser.stop()
    coturn.stop()


def what_ends(story, stage):
    story.chapter("nonces, credentials, permissions and channels that end soon")
    cases = {
        "nonces that last 3 s": (stage.coturn(3600, stale_nonce=3), ("--password", PASSWORD)),
        "credentials that last 8 s": (stage.coturn(3700, shared_secret=True), ("--secret", SECRET, "--ttl", "8")),
        "such, and nonces that last 3 s": (stage.coturn(3800, shared_secret=True, stale_nonce=3),
                                           ("--secret", SECRET, "--ttl", "8")),
        "permissions that last 4 s, channels 6 s": (stage.coturn(3900, permission_lifetime=4, channel_lifetime=6),
                                                    ("--password", PASSWORD, "--permission", "4", "--channel", "6")),
    }
    playing = {}
    for way, (name, (coturn, flags)) in zip(("udp", "tcp", "udp", "udp"), cases.items()):
        playing[name] = stage.plays(coturn, way, *flags)
        story.expect(f"{name} ({way}): the echo is heard", playing[name].wait_to_hear())
    since = hostclock.micros()
    hostclock.wait_until(lambda: False, 25)
    for name, player in playing.items():
        gap, relays = player.longest_gap(since), len(player.events("relayed"))
        story.note(f"{name}: {relays} relays, asked {len(player.events('needs-credentials'))} times for credentials")
        story.expect_in_time(f"{name}: no gap of more than {MOST} ms in 25 s", gap <= MOST, f"{gap:.0f} ms")
    for name, player in playing.items():
        if "--secret" in cases[name][1]:
            story.expect(f"{name}: they were asked for each time", len(player.events("needs-credentials")) >= 3)
            after_their_end(story, name, player, cases[name][0])
        player.part(story)
    for coturn, _ in cases.values():
        coturn.stop()


def after_their_end(story, name, player, coturn):
    """The credentials that made the relay have ended long ago."""
    since = hostclock.micros()
    story.note(f"the server is away for {coturn.restart():.2f} s")
    story.expect(f"{name}: the echo is heard again after a restart", player.hears_now())
    gap = player.longest_gap(since)
    story.expect_in_time(f"{name}: the gap is at most {MOST} ms", gap <= MOST, f"{gap:.0f} ms")


if __name__ == "__main__":
    with Story("relay: through a real TURN server") as story:
        stage = Stage()
        by_every_way(story, stage)
        trust(story, stage)
        what_ends(story, stage)
