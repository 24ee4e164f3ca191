#pragma once

#include <algorithm>
#include <chrono>

#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// Until when something counts that was said to be good for `ttl`: a second longer than that.
///
/// Spec: link-audio 1, 4.3.
inline HostTime endOf(std::chrono::seconds ttl, HostTime now)
{
  using std::chrono::seconds;
  return now + std::clamp(ttl, seconds{1}, seconds{60}) + seconds{1};
}

} // namespace tutti::linkaudio
