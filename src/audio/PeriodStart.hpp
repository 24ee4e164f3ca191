#pragma once

#include <limits>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::audio {

/// When a sound server's period began: as its own filter says, as long as that one is right.
///
/// A server smooths the moments at which its periods begin. After it has lost time, its filter runs after the
/// truth for a second, by milliseconds, and then beyond it, to periods that begin after we were called for
/// them. How soon after its period's beginning we are called at the soonest hardly changes, though: when it
/// seems to for a while, the filter is wrong by so much.
///
/// Threads: one at a time, also *audio*.
class PeriodStart {
public:
  /// `smoothed` and the moment we were called at, of each period; `length` of a period.
  HostTime judge(HostTime smoothed, HostTime entered, Micros length) noexcept TUTTI_NONBLOCKING;

private:
  static constexpr double kNone = std::numeric_limits<double>::infinity();

  void learn(double soonest, double length) noexcept TUTTI_NONBLOCKING;

  // µs after the smoothed beginning
  double usual_ = 0;
  double soonest_ = kNone;       // of this window …
  double soonestBefore_ = kNone; // … and the one before
  int periods_ = 0;              // in this window
  int windows_ = 0;
};

} // namespace tutti::audio
