#pragma once

#include <chrono>
#include <cstdint>

#include <tutti/rt/Foreign.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti {

using Micros = std::chrono::microseconds;

namespace time {

/// This machine's raw monotonic clock, in the shape that `std::chrono` and Asio timers expect.
///
/// Threads: any, also *audio*.
/// Spec:    link 7.
struct HostClock {
  using duration = Micros;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<HostClock, duration>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept TUTTI_NONBLOCKING
  {
    return time_point{duration{rt::rawMonotonicMicros()}};
  }
};

/// The clock that all peers of a session share ("ghost time"). Nobody can read it: it is computed from host
/// time by a `SessionTransform`.
struct SessionClock {
  using duration = Micros;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SessionClock, duration>;
  static constexpr bool is_steady = true;
};

} // namespace time

/// A moment on this machine.
using HostTime = time::HostClock::time_point;

/// A moment that all peers of a session agree on.
using SessionTime = time::SessionClock::time_point;

/// A count of a device's frames.
struct SampleTime {
  std::int64_t frames = 0;
  friend constexpr auto operator<=>(SampleTime, SampleTime) = default;
};

constexpr std::int64_t microsOf(HostTime t)
{
  return t.time_since_epoch().count();
}
constexpr std::int64_t microsOf(SessionTime t)
{
  return t.time_since_epoch().count();
}
constexpr HostTime hostTime(std::int64_t micros)
{
  return HostTime{Micros{micros}};
}
constexpr SessionTime sessionTime(std::int64_t micros)
{
  return SessionTime{Micros{micros}};
}

} // namespace tutti
