#include "Multicast.hpp"

#include <fmt/format.h>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
constexpr auto kTopic = "multicast";

Finding judgeOne(const MulticastFacts& facts)
{
  const auto where = fmt::format("{} ({})", facts.interfaceName, facts.address.text());
  switch (facts.outcome) {
  case MulticastFacts::Outcome::heard:
    return {Severity::ok, kTopic, fmt::format("Multicast works on {}.", where), "", ""};
  case MulticastFacts::Outcome::silent:
    return {Severity::problem, kTopic, fmt::format("Our own multicast is not heard on {}.", where),
            "Peers there are not found. Most often a firewall on this machine drops it.",
            "Let UDP in, as said under 'firewall'."};
  case MulticastFacts::Outcome::failed:
    break;
  }
  return {Severity::problem, kTopic, fmt::format("Multicast fails on {}: {}", where, facts.reason),
          "Peers there are not found.",
          fmt::format("See that {} allows multicast ('ip link set dev {} multicast on') and has a route.",
                      facts.interfaceName, facts.interfaceName)};
}

} // namespace

Findings judge(const std::vector<MulticastFacts>& facts)
{
  Findings findings;
  for (const auto& one : facts) findings.push_back(judgeOne(one));
  return findings;
}

} // namespace tutti::app
