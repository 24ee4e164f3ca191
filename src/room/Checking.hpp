#pragma once

#include <algorithm>

#include <tutti/core/ByteString.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/time/HostClock.hpp>

#include "Sodium.hpp"

/// What checks of members and of the server have in common.
namespace tutti::room {

constexpr std::size_t kPadded = 108; // as long as the longest answer: spec room R-18

inline net::stun::TransactionId drawTransaction()
{
  net::stun::TransactionId id{};
  fillRandom(id);
  return id;
}

inline ByteString copyOf(const net::stun::Writer& message)
{
  const auto bytes = message.bytes();
  return {bytes.begin(), bytes.end()};
}

inline Micros roundTripOf(HostTime sent, HostTime answered)
{
  return std::max(answered - sent, Micros{1});
}

} // namespace tutti::room
