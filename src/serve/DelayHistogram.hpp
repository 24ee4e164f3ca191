#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// How long packets stayed, in steps of a tenth of their length: enough for a 99th percentile. It only grows;
/// what came since an earlier look is the difference to it.
class DelayHistogram {
public:
  void add(Micros delay);
  [[nodiscard]] DelayHistogram since(const DelayHistogram& earlier) const;

  [[nodiscard]] std::optional<Micros> percentile(double share) const;
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] Micros sum() const { return sum_; }

private:
  static constexpr std::size_t kSteps = 160; // 1.1^160 µs: four seconds
  std::array<std::uint64_t, kSteps> counts_{};
  std::uint64_t count_ = 0;
  Micros sum_{0};
};

/// The packets of the last half minute at least, for those who look now and then.
///
/// Threads: one at a time.
class RecentDelays {
public:
  [[nodiscard]] DelayHistogram look(const DelayHistogram& all, HostTime now);

private:
  DelayHistogram older_;
  DelayHistogram newer_;
  HostTime turnedAt_{};
};

} // namespace tutti::serve
