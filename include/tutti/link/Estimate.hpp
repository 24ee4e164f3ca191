#pragma once

#include <cstddef>

#include <tutti/time/HostClock.hpp>

namespace tutti::link {

/// What a measurement found: session time minus host time, and how sure that is.
struct Estimate {
  Micros intercept{0};
  Micros spread{0};            ///< Expected error from the scatter of the fastest trips in each direction.
  Micros shortestRoundTrip{0}; ///< Half of it bounds the error, whatever the path.
  std::size_t roundTrips = 0;

  friend constexpr bool operator==(const Estimate&, const Estimate&) = default;
};

} // namespace tutti::link
