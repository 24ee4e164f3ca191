#pragma once

#include <cstdint>

namespace tutti::serve {

/// How a store is, and how much was said by it.
struct StoreStatistics {
  bool isThere = false;
  std::uint64_t told = 0; ///< facts
  std::uint64_t heard = 0;
  std::uint64_t losses = 0; ///< how often it went away
};

} // namespace tutti::serve
