#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::audio {

/// How much of its period a callback uses, as a distribution: the rare long one is what is heard.
///
/// Steps of 4.4 %, from a thousandth of a period to 64 of them.
///
/// Threads: `record` *audio*; everything else *any*.
class LoadMeter {
public:
  void record(Micros spent, Micros period) noexcept TUTTI_NONBLOCKING;

  /// The share of the period that `quantile` (0 to 1) of the callbacks stayed within; 0 before the first one.
  [[nodiscard]] double quantile(double quantile) const noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept;

  /// How many took longer than their period: whoever hears a dropout then, it was ours.
  [[nodiscard]] std::uint64_t overruns() const noexcept;

  /// From now on only what comes.
  void clear() noexcept;

private:
  static constexpr std::size_t kStepsPerOctave = 16;
  static constexpr std::size_t kWholePeriod = kStepsPerOctave * 10;
  static constexpr std::size_t kSteps = kStepsPerOctave * 16;

  [[nodiscard]] std::uint64_t countFrom(std::size_t step) const noexcept;

  std::array<std::atomic<std::uint32_t>, kSteps> counts_{}; // both
};

} // namespace tutti::audio
