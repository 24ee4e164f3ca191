#include "doctor/Firewall.hpp"

#include "Judged.hpp"

namespace tutti::app {
namespace {

using Chains = std::vector<InputChain>;

const std::vector<discovery::LocalAddress> kStudio{{"eth0", 2, IpAddress::v4({192, 168, 5, 130}), 25},
                                                   {"lo", 1, IpAddress::v4({127, 0, 0, 1}), 8}};

// As `nft list ruleset` printed it.
constexpr auto kDropping = R"(table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iif "lo" accept
		tcp dport 22 accept
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
	}
}
)";

constexpr auto kHarmless = R"(table inet filter {
	set banned {
		type ipv4_addr
		elements = { 203.0.113.7 }
	}

	chain input {
		type filter hook input priority filter; policy accept;
		ct state invalid drop
		tcp dport 22 ip saddr @banned reject with icmp port-unreachable
	}
}
table ip nat {
	chain DOCKER {
		iifname "docker0" drop
	}
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
	}
}
)";

constexpr auto kRejecting = R"(table ip filter {
	chain INPUT {
		type filter hook input priority filter; policy accept;
		ct state established,related accept
		counter packets 12 bytes 3456 reject
	}
}
)";

} // namespace

TEST_CASE("Chains that keep things out are found in the ruleset")
{
  CHECK(droppingInputChains(kDropping) == Chains{{"inet", "filter", "input"}});
  CHECK(droppingInputChains(kRejecting) == Chains{{"ip", "filter", "INPUT"}});
  CHECK(droppingInputChains(kHarmless).empty());
  CHECK(droppingInputChains("").empty());
  CHECK(droppingInputChains("}}} chain\ntable\n\"drop\"\n type filter\n").empty());
}

TEST_CASE("A firewall's cure opens UDP for the local network, in the firewall's own words")
{
  FirewallFacts facts;
  facts.nftRuleset = kDropping;
  auto findings = judge(facts, kStudio);
  REQUIRE(severities(findings) == Severities{kNotice});
  CHECK(findings[0].cure ==
        "sudo nft insert rule inet filter input ip saddr 192.168.5.128/25 meta l4proto udp accept");

  facts.isFirewalldRunning = true;
  findings = judge(facts, kStudio);
  REQUIRE(severities(findings) == Severities{kNotice});
  CHECK(findings[0].cure.find("source address=192.168.5.128/25") != std::string::npos);

  facts.isUfwOn = true;
  findings = judge(facts, kStudio);
  REQUIRE(severities(findings) == Severities{kNotice});
  CHECK(findings[0].cure == "sudo ufw allow proto udp from 192.168.5.128/25");
}

TEST_CASE("IPv6 neighbours are let in where the chain knows of them")
{
  auto addresses = kStudio;
  addresses.push_back({"eth0", 2, *IpAddress::parse("fe80::1"), 64});
  FirewallFacts facts;
  facts.nftRuleset = kDropping;
  CHECK(judge(facts, addresses)[0].cure.find(
          "; sudo nft insert rule inet filter input ip6 saddr fe80::/10 ") != std::string::npos);
  facts.nftRuleset = kRejecting;
  CHECK(judge(facts, addresses)[0].cure.find("ip6") == std::string::npos);
}

TEST_CASE("The former iptables is told apart")
{
  FirewallFacts facts;
  facts.hasOldIptables = true;
  CHECK(judge(facts, kStudio)[0].cure ==
        "sudo iptables-legacy -I INPUT -p udp -s 192.168.5.128/25 -j ACCEPT");
}

TEST_CASE("No firewall is no trouble, and what only root may see is said to be so")
{
  FirewallFacts facts;
  CHECK(judge(facts, kStudio)[0].cure == "If peers do not show up: sudo tutti doctor");
  facts.nftRuleset = kHarmless;
  CHECK(severities(judge(facts, kStudio)) == Severities{kOk});
  CHECK(judge(facts, kStudio)[0].cure.empty());
}

TEST_CASE("This machine's firewall can be asked for")
{
  CHECK_FALSE(judge(probeFirewall(), {}).empty());
}

} // namespace tutti::app
