#pragma once

#include <tutti/time/HostClock.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::time {

/// Relates this machine's clock to the session's. Spec: link 3.4; the slope is 1 on all Link programs of
/// today.
struct SessionTransform {
  double slope = 1.0;
  Micros intercept{0};

  [[nodiscard]] constexpr SessionTime toSession(HostTime t) const
  {
    return sessionTime(saturatingSum(rounded(slope * static_cast<double>(microsOf(t))), intercept.count()));
  }
  [[nodiscard]] constexpr HostTime toHost(SessionTime t) const
  {
    return hostTime(
      rounded(static_cast<double>(saturatingDifference(microsOf(t), intercept.count())) / slope));
  }

  friend constexpr bool operator==(const SessionTransform&, const SessionTransform&) = default;
};

} // namespace tutti::time
