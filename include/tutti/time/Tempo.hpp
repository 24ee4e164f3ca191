#pragma once

#include <algorithm>
#include <cstdint>

#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::time {

/// A speed on the beat grid, 20 to 999 beats a minute once clamped.
///
/// It keeps the bpm as they were said, but everything is computed with whole microseconds per beat, as on the
/// wire: a tempo therefore changes in its last digits when it travels (122 -> 491 803 µs -> 122.00006913).
/// Spec: link 5.1.
class Tempo {
public:
  static constexpr double kSlowestBpm = 20.0;
  static constexpr double kFastestBpm = 999.0;

  constexpr Tempo() = default;
  static constexpr Tempo fromBpm(double bpm) { return Tempo{bpm}; }

  /// From the wire. Anything below one microsecond is no tempo; it becomes the fastest.
  static constexpr Tempo fromMicrosPerBeat(std::int64_t micros)
  {
    return micros < 1 ? Tempo{kFastestBpm} : Tempo{60e6 / static_cast<double>(micros)};
  }

  [[nodiscard]] constexpr double bpm() const { return bpm_; }
  [[nodiscard]] constexpr std::int64_t microsPerBeat() const { return rounded(60e6 / bpm_); }

  /// Within the range that Link programs play; not-a-number becomes the slowest.
  [[nodiscard]] constexpr Tempo clamped() const
  {
    if (!(bpm_ >= kSlowestBpm)) return Tempo{kSlowestBpm};
    return Tempo{std::min(bpm_, kFastestBpm)};
  }

  [[nodiscard]] constexpr Beats toBeats(Micros duration) const
  {
    return Beats::fromMicroBeats(
      rounded(static_cast<double>(duration.count()) / static_cast<double>(microsPerBeat()) * 1e6));
  }
  [[nodiscard]] constexpr Micros toMicros(Beats beats) const
  {
    return Micros{rounded(beats.toDouble() * static_cast<double>(microsPerBeat()))};
  }

  friend constexpr bool operator==(Tempo, Tempo) = default;

private:
  explicit constexpr Tempo(double bpm)
    : bpm_{bpm}
  {}
  double bpm_ = 120.0;
};

namespace literals {
constexpr Tempo operator""_bpm(unsigned long long bpm)
{
  return Tempo::fromBpm(static_cast<double>(bpm));
}
constexpr Tempo operator""_bpm(long double bpm)
{
  return Tempo::fromBpm(static_cast<double>(bpm));
}
} // namespace literals

static_assert(Tempo::fromBpm(122).microsPerBeat() == 491'803);
static_assert(Tempo::fromMicrosPerBeat(60'060).clamped().microsPerBeat() == 60'060);

} // namespace tutti::time
