"""Homes behind routers of all kinds (RFC 4787), and an internet between them."""
import subprocess

import lan

KINDS = ("none", "full cone", "port-restricted", "symmetric", "double")
STRICT = ("port-restricted", "symmetric", "double")  # lets in only who was asked


def can_meet(one, other):
    """Whether holes can be punched from both sides: not where one asks from a port that the other cannot know."""
    return not (one == "symmetric" and other in STRICT or other == "symmetric" and one in STRICT)


class Internet:
    """One segment on which servers and routers have public addresses."""

    def __init__(self, *hosts):
        self.switch = lan.Switch()
        self._hosts, self._routes = [], []
        for host in hosts:
            self.plug(host)

    def plug(self, host):
        self.switch.plug(host)
        self._hosts.append(host)
        for route in self._routes:
            host.ip("route", "add", *route)

    def announce(self, prefix, router):
        """Everybody finds this network behind that router."""
        route = (prefix, "via", router.address())
        self._routes.append(route)
        for host in self._hosts:
            if host is not router:
                host.ip("route", "add", *route)


def rules(kind, outside, inside, laptop):
    """As nft reads them: what a router of this kind does. Strangers' packets are dropped before anything remembers them."""
    if kind == "none":
        return ""
    how = "masquerade random,fully-random" if kind == "symmetric" else "masquerade"
    lines = ["table ip nat {", "  chain out {", "    type nat hook postrouting priority 100;",
             f'    oifname "{outside}" {how}', "  }"]
    if kind == "full cone":
        lines += ["  chain in {", "    type nat hook prerouting priority -100;",
                  f'    iifname "{outside}" meta l4proto udp dnat to {laptop}', "  }", "}"]
        return "\n".join(lines)
    lines += ["}", "table ip walls {",
              "  chain passing {", "    type filter hook forward priority 0; policy drop;",
              "    ct state established,related accept", f'    iifname "{inside}" accept', "  }",
              "  chain knocking {", "    type filter hook input priority 0; policy accept;",
              f'    iifname "{outside}" ct state new drop', "  }", "}"]
    return "\n".join(lines)


def rule(host, hook, what):
    """One more rule at this host's door, whatever its walls are: `rule(router, "forward", "meta l4proto udp drop")`."""
    script = f"add table inet walls_too\nadd chain inet walls_too {hook} {{ type filter hook {hook} priority -10; policy accept; }}\n" \
             f"add rule inet walls_too {hook} {what}\n"
    done = subprocess.run(host.command("nft", "-f", "-"), input=script, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"nft: {done.stderr}\n{script}")


class Home:
    """A router on the internet, and what it hands out: `plug(laptop)` connects one, as its network number `number`."""

    def __init__(self, internet, name, kind):
        self.kind, self.name = kind, name
        self.router = lan.Host(f"{name}-router")
        internet.plug(self.router)
        outer, outside = self.router, "lan0"
        if kind == "double":  # the provider's router, then one's own
            outer = lan.Host(f"{name}-inner")
            self._connect(self.router, outer, "home0", "lan0", self.router.number)
            self._rule(self.router, rules("port-restricted", "lan0", "home0", ""))
        self._last, self._outside = outer, outside
        number = outer.number
        self.prefix = f"10.90.{number}" if kind == "none" else f"192.168.{number}"
        if kind == "none":
            internet.announce(f"{self.prefix}.0/24", self.router)

    def plug(self, laptop, interface="lan0"):
        """The laptop's way to the world, from now on."""
        kind = "port-restricted" if self.kind == "double" else self.kind
        self._connect(self._last, laptop, "home1", interface, self._last.number, self.prefix)
        self._rule(self._last, rules(kind, self._outside, "home1", f"{self.prefix}.2"))

    def route(self, laptop):
        laptop.ip("route", "replace", "default", "via", f"{self.prefix}.1")

    @staticmethod
    def _connect(router, below, down, up, number, prefix=None):
        prefix = prefix or f"100.64.{number}"
        lan.ip("link", "add", down, "netns", router.name, "type", "veth", "peer", "name", up, "netns", below.name)
        router.ip("address", "add", f"{prefix}.1/24", "dev", down)
        below.ip("address", "add", f"{prefix}.2/24", "dev", up)
        router.ip("link", "set", down, "up")
        below.ip("link", "set", up, "up")
        router.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        below.ip("route", "replace", "default", "via", f"{prefix}.1")

    @staticmethod
    def _rule(router, script):
        done = subprocess.run(router.command("nft", "-f", "-"), input=script, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"nft: {done.stderr}\n{script}")
