#pragma once

#include <algorithm>
#include <chrono>

#include <tutti/time/HostClock.hpp>

namespace tutti::time {

/// Lets so many through at once and so many a second. What is not used is saved, up to what is allowed at
/// once; it begins full.
///
/// Threads: one at a time.
class TokenBucket {
public:
  struct Limits {
    double atOnce = 1;
    double perSecond = 1;
  };

  constexpr TokenBucket(const Limits& limits, HostTime now)
    : limits_{limits}
    , tokens_{limits.atOnce}
    , countedAt_{now}
  {}

  /// Takes one, if there is one.
  constexpr bool tryTake(HostTime now)
  {
    const bool has = hasOne(now);
    if (has) tokens_ -= 1;
    return has;
  }

  /// Whether there is one; takes nothing.
  constexpr bool hasOne(HostTime now) { return level(now) >= 1; }

  /// How many there are; takes nothing.
  constexpr double level(HostTime now)
  {
    const auto elapsed = std::chrono::duration<double>{std::max(now - countedAt_, Micros{0})}.count();
    tokens_ = std::min(limits_.atOnce, tokens_ + elapsed * limits_.perSecond);
    countedAt_ = now;
    return tokens_;
  }

  /// When it was asked last.
  [[nodiscard]] constexpr HostTime countedAt() const { return countedAt_; }

private:
  Limits limits_;
  double tokens_;
  HostTime countedAt_;
};

} // namespace tutti::time
