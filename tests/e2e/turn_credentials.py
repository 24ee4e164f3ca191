"""TURN credentials that `tutti serve` gives out open a real coturn: by a shared secret, by one name for all, and by a provider."""
import base64
import hashlib
import hmac
import http.server
import json
import os
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request

import world

world.enter("ip", "turnserver", "turnutils_uclient")

from program import Program  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]
PLACE = "10.77.0.1"  # coturn sends nothing to peers on 127.0.0.1
LOGIN = "Basic " + base64.b64encode(b"band:amber").decode()


class Coturn(Program):
    def __init__(self, *words):
        folder = f"/dev/shm/coturn-{time.monotonic_ns()}"
        os.makedirs(folder)
        super().__init__("turnserver", [
            "turnserver", "-n", "-L", PLACE, "-E", PLACE, "-p", "3478", "--min-port", "50000", "--max-port", "50200", "-r", "tutti.test",
            "--no-cli", "--no-tls", "--no-dtls", "--simple-log", "--log-file", "stdout", "--pidfile", f"{folder}/pid", "--userdb", f"{folder}/db",
            *words])
        self.wait_for_line(lambda text: "Relay ports initialization done" in text or "IPv4. UDP listener opened" in text, 10, "its ports")


class Server(Program):
    def __init__(self, *words, env=None):
        super().__init__("serve", [TUTTI, "serve", "--json", "--http-port", "0", "--udp-port", "0", "--state", "/dev/shm/state", "--no-announce",
                                   "--session-user", "band", *words], {"TUTTI_SESSION_PASSWORD": "amber", **(env or {})})
        line = self.wait_for_line(lambda text: json.loads(text)["event"] == "listening", 10, "listening")
        self.url = "https://127.0.0.1:" + json.loads(line)["http"].rsplit(":", 1)[1]

    def ask(self, method, path, body=None, login=LOGIN):
        request = urllib.request.Request(self.url + path, method=method, data=body.encode() if body else None)
        if body:
            request.add_header("Content-Type", "application/json")
        if login:
            request.add_header("Authorization", login)
        try:
            with urllib.request.urlopen(request, context=ssl._create_unverified_context(), timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def credentials(self):
        return self.ask("GET", "/turn/credentials")


def crosses(username, password, *words):
    """Whether packets cross coturn and come back: between two allocations that this name has opened."""
    done = subprocess.run(["turnutils_uclient", "-y", "-n", "4", "-m", "1", "-l", "200", "-L", PLACE, "-u", username, "-w", password, *words, PLACE],
                          capture_output=True, text=True, timeout=40, check=False)
    said = done.stdout + done.stderr
    did = "Total lost packets 0 (" in said
    return did, "" if did else said[-600:]


def by_a_shared_secret(story):
    story.chapter("a shared secret")
    coturn = Coturn("--use-auth-secret", "--static-auth-secret", "topsecret")
    server = Server("--turn-server", PLACE, "--turn-server", f"turn:{PLACE}?transport=tcp", env={"TUTTI_TURN_SECRET": "topsecret"})
    status, answer = server.credentials()
    ice = answer["iceServers"]
    story.expect("urls, a name and a credential come in the documented shape", status == 200 and list(answer) == ["iceServers"]
                 and list(ice) == ["urls", "username", "credential"]
                 and ice["urls"] == [f"turn:{PLACE}:3478?transport=udp", f"turn:{PLACE}:3478?transport=tcp"], answer)
    story.expect("coturn lets them in over UDP", *crosses(ice["username"], ice["credential"]))
    story.expect("and over TCP", *crosses(ice["username"], ice["credential"], "-t"))
    later = str(int(ice["username"]) + 3600)
    story.expect("but nobody makes the name live longer", not crosses(later, ice["credential"])[0])
    story.expect("the secret is in no argument and no line", b"topsecret" not in open(f"/proc/{server.pid}/cmdline", "rb").read()
                 and "topsecret" not in "".join(text for _, text in server.lines()) + server.complaints())
    server.stop()
    coturn.stop()


def by_one_name(story):
    story.chapter("one name for all")
    coturn = Coturn("--lt-cred-mech", "--user", "band:canoe")
    server = Server("--turn-server", PLACE, "--turn-user", "band", env={"TUTTI_TURN_PASSWORD": "canoe"})
    ice = server.credentials()[1]["iceServers"]
    story.expect("coturn lets it in", *crosses(ice["username"], ice["credential"]))
    server.stop()
    coturn.stop()


class Provider(http.server.BaseHTTPRequestHandler):
    asked = []
    status = 201

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Provider.asked.append((self.path, self.headers["Authorization"], body))
        name = str(int(time.time()) + body["ttl"])
        seal = base64.b64encode(hmac.new(b"topsecret", name.encode(), hashlib.sha1).digest()).decode()
        answer = json.dumps({"iceServers": {"urls": ["stun:" + PLACE, f"turn:{PLACE}:3478?transport=udp"], "username": name, "credential": seal}})
        self.send_response(Provider.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


def by_a_provider(story):
    story.chapter("a provider")
    coturn = Coturn("--use-auth-secret", "--static-auth-secret", "topsecret")
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    where = f"http://127.0.0.1:{provider.server_port}/v1/generate"
    server = Server("--turn-provider-url", where, env={"TUTTI_TURN_TOKEN": "t0ken"})
    status, answer = server.credentials()
    ice = answer["iceServers"]
    story.expect("its servers and credentials are passed on", status == 200 and ice["urls"] == [f"turn:{PLACE}:3478?transport=udp"], answer)
    story.expect("coturn lets them in", *crosses(ice["username"], ice["credential"]))
    story.expect("the next one gets the same, without another question", server.credentials()[1] == answer and len(Provider.asked) == 1)
    story.expect("the provider was asked by our token for a day",
                 Provider.asked[0] == ("/v1/generate", "Bearer t0ken", {"ttl": 86400}), Provider.asked)
    server.stop()
    Provider.status = 403
    server = Server("--turn-provider-url", where, env={"TUTTI_TURN_TOKEN": "wrong"})
    story.expect("what it refuses is passed on", server.credentials()[0] == 403)
    server.stop()
    provider.shutdown()
    provider.server_close()
    server = Server("--turn-provider-url", where, env={"TUTTI_TURN_TOKEN": "t0ken"})
    story.expect("where nobody answers, it is a 502", server.credentials()[0] == 502)
    server.stop()
    coturn.stop()


def without(story):
    story.chapter("without TURN, and the sessions of older programs")
    server = Server()
    story.expect("without TURN it is a 503", server.credentials()[0] == 503)
    story.expect("without the login a 401", server.ask("GET", "/turn/credentials", login=None)[0] == 401)
    status, made = server.ask("POST", "/session", '{"host": "192.0.2.10:50000"}')
    story.expect("a session is made", status == 200 and len(made["session_id"]) == 36 and made["host"] == "192.0.2.10:50000", made)
    path = "/session/" + made["session_id"]
    story.expect("another host comes to it, and the first one stays first",
                 server.ask("PUT", path, '{"host": "192.0.2.20:50001"}') == (200, ["192.0.2.10:50000", "192.0.2.20:50001"]))
    story.expect("both are told", server.ask("GET", path) == (200, ["192.0.2.10:50000", "192.0.2.20:50001"]))
    story.expect("a body without a host is a 400", server.ask("POST", "/session", '{"host": ""}')[0] == 400)
    story.expect("an unknown session a 404", server.ask("GET", path[:-1] + ("0" if path[-1] != "0" else "1"))[0] == 404)
    story.expect("another method a 405", server.ask("DELETE", path)[0] == 405)
    story.expect("SIGTERM ends it with 0", server.stop() == 0)


with Story("TURN credentials for a real coturn, and the older session API") as story:
    subprocess.run(["ip", "addr", "add", f"{PLACE}/24", "dev", "lo"], check=True)
    by_a_shared_secret(story)
    by_one_name(story)
    by_a_provider(story)
    without(story)
