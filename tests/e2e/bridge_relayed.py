"""Two LANs behind strict routers, and nothing between them but a TURN server: Link across it is one session all the same."""
import os
import tempfile

import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip", "ss", "nft", "openssl", "turnserver")

import hostclock  # noqa: E402
import lan  # noqa: E402
import one_session  # noqa: E402
from band import Serve  # noqa: E402
from coturn import SECRET, Certificate, Coturn  # noqa: E402
from nat import Home, Internet, rule  # noqa: E402
from sound import JackServer  # noqa: E402
from story import Story  # noqa: E402
from studio import Studio  # noqa: E402

PORT = 3478
PATH = 1_000  # µs: nothing on this internet takes longer


def by_the_relay(story, a, b):
    story.chapter("the way between them")
    for here, there in ((a, b), (b, a)):
        site = hostclock.wait_until(lambda here=here, there=there: (here.bridging.site(there.name) or {}).get("path") == "turn"
                                    and here.bridging.site(there.name), 5)
        story.expect(f"{here.name} says that it is relayed", site, here.bridging.second)


if __name__ == "__main__":
    with Story("Link across two LANs by a TURN server") as story, tempfile.TemporaryDirectory(prefix="tutti-bridged-") as folder:
        jack = JackServer()
        server, turn = lan.Host("server"), lan.Host("turn")
        internet = Internet(server, turn)
        os.environ["TUTTI_TURN_SECRET"] = SECRET
        coturn = Coturn(turn, PORT, Certificate(folder, turn.address()), shared_secret=True)
        serve = Serve(server, "stage", "--no-announce", "--turn-server", f"turn:{turn.address()}:{PORT}")
        rule(server, "input", f"udp dport {serve.listening['udp']} drop")  # its forwarder is out of everybody's reach
        studios = berlin, lisbon = Studio("berlin", 1, jack), Studio("lisbon", 2, jack)
        for studio in studios:
            Home(internet, studio.name, "symmetric").plug(studio.box, "wan0")
        one_session.apart(story, berlin, lisbon)
        one_session.together(story, berlin, lisbon, serve.invitation)
        by_the_relay(story, berlin, lisbon)
        one_session.one_tempo(story, berlin, lisbon, PATH)
        one_session.start_and_stop(story, berlin, lisbon, PATH)
        one_session.goodbyes(story, berlin, lisbon, PATH)
        for studio in studios:
            story.expect(f"{studio.name}'s bridge leaves cleanly", studio.bridging.stop() == 0)
        story.expect("and so does the server", serve.stop() == 0)
        coturn.stop()
