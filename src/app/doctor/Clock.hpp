#pragma once

#include <cstdint>
#include <string>

#include "Finding.hpp"

namespace tutti::app {

/// The clock by which everything is timed.
struct ClockFacts {
  std::int64_t resolutionNanos = 0;   ///< As the system says.
  std::int64_t smallestStepNanos = 0; ///< As seen between two reads; 0: it did not move.
  double readNanos = 0;               ///< The median cost of a read.
  std::string source;                 ///< "tsc", "hpet", …; empty: unknown.
};

ClockFacts probeClock();

Findings judge(const ClockFacts& facts);

} // namespace tutti::app
