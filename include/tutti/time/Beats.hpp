#pragma once

#include <compare>
#include <cstdint>

#include <tutti/time/Rounding.hpp>

namespace tutti::time {

/// A position or distance on the beat grid, exact to one millionth of a beat. Sums saturate.
class Beats {
public:
  constexpr Beats() = default;
  static constexpr Beats fromMicroBeats(std::int64_t n) { return Beats{n}; }

  /// Rounds to the nearest millionth; not-a-number is zero.
  static constexpr Beats fromDouble(double beats) { return Beats{rounded(beats * 1e6)}; }

  [[nodiscard]] constexpr std::int64_t microBeats() const { return micro_; }
  [[nodiscard]] constexpr double toDouble() const { return static_cast<double>(micro_) / 1e6; }

  friend constexpr Beats operator+(Beats a, Beats b) { return Beats{saturatingSum(a.micro_, b.micro_)}; }
  friend constexpr Beats operator-(Beats a, Beats b)
  {
    return Beats{saturatingDifference(a.micro_, b.micro_)};
  }
  friend constexpr Beats operator-(Beats a) { return Beats{saturatingDifference(0, a.micro_)}; }
  friend constexpr auto operator<=>(Beats, Beats) = default;

private:
  explicit constexpr Beats(std::int64_t micro)
    : micro_{micro}
  {}
  std::int64_t micro_ = 0;
};

namespace literals {
constexpr Beats operator""_beats(unsigned long long whole)
{
  return Beats::fromMicroBeats(static_cast<std::int64_t>(whole) * 1'000'000);
}
constexpr Beats operator""_beats(long double beats)
{
  return Beats::fromDouble(static_cast<double>(beats));
}
} // namespace literals

static_assert(Beats::fromDouble(5e-7).microBeats() == 1);
static_assert(Beats::fromDouble(-5e-7).microBeats() == -1);
static_assert(Beats::fromDouble(-0.1).microBeats() == -100'000);

} // namespace tutti::time
