#pragma once

#include <optional>
#include <string>

#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// With what a TURN server lets us in: a user for good, or one made up for a while (by `tutti serve` from a
/// shared secret, or by a provider).
struct TurnCredentials {
  std::string username;          ///< at most 508 bytes (RFC 8489 14.3)
  std::string password;          ///< never in a log
  std::optional<HostTime> until; ///< when they end; nothing: they do not
};

} // namespace tutti::net
