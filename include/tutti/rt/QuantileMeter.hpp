#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::rt {

/// Counts positive numbers by their size, so that the rare large one shows: what an average hides.
///
/// Steps of 4.4 %, from a thousandth to 64; smaller and larger ones count as these.
///
/// Threads: `record` any, also *audio*; everything else any.
class QuantileMeter {
public:
  void record(double number) noexcept TUTTI_NONBLOCKING;

  /// What `share` (0 to 1) of the numbers did not exceed; 0 before the first one.
  [[nodiscard]] double quantile(double share) const noexcept;
  [[nodiscard]] std::uint64_t count() const noexcept;

  /// From now on only what comes.
  void clear() noexcept;

private:
  static constexpr std::size_t kStepsPerOctave = 16;
  static constexpr std::size_t kSteps = kStepsPerOctave * 16;

  std::array<std::atomic<std::uint32_t>, kSteps> counts_{};
};

} // namespace tutti::rt
