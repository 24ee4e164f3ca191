#pragma once

#include <array>
#include <cstddef>

#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// How good a way to a peer is, by the last ten round trips: the shorter and steadier the better.
///
/// Threads: one at a time.
/// Spec:    link-audio 4.4.
class RoundTrips {
public:
  void add(Micros trip);

  /// 0 without any.
  [[nodiscard]] double quality() const;
  /// Of those that are known; 0 without any.
  [[nodiscard]] double mean() const;

private:
  static constexpr std::size_t kMost = 10;

  [[nodiscard]] double variance() const;

  std::array<double, kMost> trips_{};
  std::size_t count_ = 0;
  std::size_t next_ = 0;
};

} // namespace tutti::linkaudio
