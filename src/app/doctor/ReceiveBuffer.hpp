#pragma once

#include <cstddef>
#include <optional>

#include "Finding.hpp"

namespace tutti::app {

/// How many packets the system keeps for us while we are not let through.
struct ReceiveBufferFacts {
  std::size_t wantedBytes = 0;
  std::size_t gotBytes = 0;                    ///< What a socket like those of a room really got.
  std::optional<std::uint64_t> mostBytes = {}; ///< The system's limit for programs without special rights.
};

ReceiveBufferFacts probeReceiveBuffer();

Findings judge(const ReceiveBufferFacts& facts);

} // namespace tutti::app
