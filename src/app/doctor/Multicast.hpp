#pragma once

#include <string>
#include <vector>

#include <tutti/discovery/Interfaces.hpp>

#include "Finding.hpp"

namespace tutti::app {

/// Whether a datagram that we send to the Link group on an address comes back to ourselves.
struct MulticastFacts {
  enum class Outcome {
    heard,
    silent, ///< Sent without complaint, never heard.
    failed, ///< The system refused; `reason` says what.
  };
  std::string interfaceName;
  IpAddress address;
  Outcome outcome = Outcome::heard;
  std::string reason;
};

/// Tries each address on a port of its own, with a hop limit of zero: nothing leaves this machine.
std::vector<MulticastFacts> probeMulticast(const std::vector<discovery::LocalAddress>& addresses);

Findings judge(const std::vector<MulticastFacts>& facts);

} // namespace tutti::app
