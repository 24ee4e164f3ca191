#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <tutti/link/Estimate.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::link {

/// Finds the distance between our clock and a session's from round trips, by the fastest trip in each
/// direction.
///
/// A ping that travelled unhindered bounds the distance from above, a pong from below, and the truth lies
/// between. On a jittery path the two fastest seldom belong to the same round trip; taking them separately is
/// three to five times closer than the median of round trips (`LinkSyncSimulationTest`).
///
/// Threads: one at a time.
class Estimator {
public:
  /// Our clock when the ping left, the session's when it was answered, ours when the pong came.
  void add(HostTime pingSentAt, SessionTime answeredAt, HostTime pongCameAt);

  [[nodiscard]] std::size_t roundTrips() const { return roundTrips_; }

  /// Nothing before the first round trip.
  [[nodiscard]] std::optional<Estimate> estimate() const;

private:
  /// The few smallest of many values, smallest first.
  class Smallest {
  public:
    void add(std::int64_t value);
    [[nodiscard]] std::int64_t first() const { return values_[0]; }
    /// How far the minimum may still be from what it approaches.
    [[nodiscard]] std::int64_t typicalGap() const;

  private:
    std::array<std::int64_t, 5> values_{};
    std::size_t count_ = 0;
  };

  bool contradicts(std::int64_t upper, std::int64_t lower) const;

  Smallest upperBounds_; // of session minus host: from pings
  Smallest lowerBounds_; // negated: from pongs
  Smallest roundTripTimes_;
  std::size_t roundTrips_ = 0;
};

} // namespace tutti::link
