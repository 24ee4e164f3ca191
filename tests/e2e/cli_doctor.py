"""`tutti doctor` in networks that are well and in some that are not."""
import json
import os
import socket
import subprocess

import world

world.enter("ip", "nft")

import lan  # noqa: E402
from story import Story  # noqa: E402

TUTTI = os.environ["TUTTI"]


def examine(host):
    done = subprocess.run(host.command(TUTTI, "doctor", "--json"), capture_output=True, text=True, timeout=30, check=False)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, findings[-1], findings[:-1]


def of(findings, topic, severity):
    return [f for f in findings if f["topic"] == topic and f["severity"] == severity]


with Story("tutti doctor") as story:
    one, other = lan.Host("one"), lan.Host("other")

    story.chapter("on no network")
    status, verdict, findings = examine(one)
    story.expect("one can play alone", status == 0 and verdict["severity"] != "problem", verdict["what"])
    story.expect("and is told so", of(findings, "interfaces", "notice"))

    story.chapter("on a cable")
    lan.cable(one, other)
    status, verdict, findings = examine(one)
    story.expect("nothing prevents playing", status == 0, verdict["what"])
    story.expect("multicast works on IPv4 and IPv6",
                 len([f for f in of(findings, "multicast", "ok") if "lan0" in f["what"]]) == 2)
    story.expect("every finding but the good ones has a meaning and a cure",
                 all(f["severity"] == "ok" or (f["meaning"] and f["cure"]) for f in findings))

    story.chapter("the port is shared")
    peer = subprocess.Popen(one.command(TUTTI, "link"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    while " | " not in peer.stdout.readline():
        pass
    sharing = socket_of_our_own = one.socket(socket.AF_INET, socket.SOCK_DGRAM)
    socket_of_our_own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    socket_of_our_own.bind(("", 20808))
    status, verdict, findings = examine(one)
    story.expect("nothing prevents playing", status == 0, verdict["what"])
    story.expect("the others are named", f"tutti (process {peer.pid})" in of(findings, "port", "ok")[0]["what"],
                 of(findings, "port", "ok"))
    sharing.close()
    peer.terminate()
    peer.wait()

    story.chapter("the port is taken")
    greedy = one.socket(socket.AF_INET, socket.SOCK_DGRAM)
    greedy.bind(("", 20808))
    status, verdict, findings = examine(one)
    story.expect("that prevents playing", status == 1 and verdict["problems"] >= 1, verdict["what"])
    story.expect("the cure names the program",
                 f"(process {os.getpid()})" in of(findings, "port", "problem")[0]["cure"], of(findings, "port", "problem"))
    linked = subprocess.run(one.command(TUTTI, "link", "--json", "--duration", "1"), stdin=subprocess.DEVNULL,
                            capture_output=True, text=True, timeout=10, check=False)
    story.expect("tutti link goes on and says so", linked.returncode == 0 and "20808" in linked.stderr, linked.stderr)
    greedy.close()

    story.chapter("a firewall")
    rules = ("table inet filter {\n chain input {\n  type filter hook input priority 0; policy drop;\n"
             "  iif lo accept\n  tcp dport 22 accept\n }\n}\n")
    subprocess.run(one.command("nft", "-f", "-"), input=rules, text=True, check=True)
    status, verdict, findings = examine(one)
    story.expect("that prevents playing", status == 1, verdict["what"])
    story.expect("multicast is not heard", of(findings, "multicast", "problem"))
    cure = of(findings, "firewall", "notice")[0]["cure"]
    story.note(cure)
    for command in cure.split("; "):
        subprocess.run(one.command(*command.replace("sudo ", "").split()), check=True)
    status, verdict, findings = examine(one)
    story.expect("the cure, typed as it stands, cures", status == 0 and not of(findings, "multicast", "problem"),
                 verdict["what"])

    story.chapter("no loopback")
    other.ip("link", "set", "lo", "down")
    status, verdict, findings = examine(other)
    story.expect("that is a problem", status == 1 and of(findings, "interfaces", "problem"), verdict["what"])
