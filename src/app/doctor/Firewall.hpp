#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/discovery/Interfaces.hpp>

#include "Finding.hpp"

namespace tutti::app {

/// What can be seen of this machine's firewall.
struct FirewallFacts {
  bool isUfwOn = false;
  bool isFirewalldRunning = false;
  bool hasOldIptables = false; ///< Rules in the kernel's former firewall, which `nft` does not show.
  std::optional<std::string> nftRuleset; ///< The output of `nft list ruleset`; none: we may not see it.
};

FirewallFacts probeFirewall();

/// A chain of nftables that decides about what comes in, and may drop it.
struct InputChain {
  std::string family;
  std::string table;
  std::string name;

  friend bool operator==(const InputChain&, const InputChain&) = default;
};
std::vector<InputChain> droppingInputChains(std::string_view nftRuleset);

/// The cures open UDP for the subnets of `used`: Link needs port 20808 for finding, and any port for
/// measuring.
Findings judge(const FirewallFacts& facts, const std::vector<discovery::LocalAddress>& used);

} // namespace tutti::app
