#pragma once

#include <cmath>
#include <compare>
#include <limits>

namespace tutti::audio {

/// A level or a change of level. Full scale is 0 dBFS: a sample of ±1.
class Decibels {
public:
  constexpr Decibels() = default;
  static constexpr Decibels of(double decibels)
  {
    return Decibels{decibels == decibels ? decibels : -std::numeric_limits<double>::infinity()};
  }
  static constexpr Decibels silence() { return of(-std::numeric_limits<double>::infinity()); }

  /// From an amplitude, where 1 is full scale. Zero, and what is no number, is silence.
  static Decibels ofAmplitude(double amplitude)
  {
    return std::abs(amplitude) > 0 ? of(20 * std::log10(std::abs(amplitude))) : silence();
  }

  [[nodiscard]] constexpr double value() const { return decibels_; }
  [[nodiscard]] double amplitude() const { return std::pow(10.0, decibels_ / 20); }

  friend constexpr Decibels operator+(Decibels a, Decibels b) { return of(a.decibels_ + b.decibels_); }
  friend constexpr Decibels operator-(Decibels a) { return of(-a.decibels_); }
  friend constexpr auto operator<=>(Decibels, Decibels) = default;

private:
  explicit constexpr Decibels(double decibels)
    : decibels_{decibels}
  {}
  double decibels_ = 0;
};

namespace literals {
constexpr Decibels operator""_dB(long double decibels)
{
  return Decibels::of(static_cast<double>(decibels));
}
constexpr Decibels operator""_dB(unsigned long long decibels)
{
  return Decibels::of(static_cast<double>(decibels));
}
} // namespace literals

static_assert(Decibels::silence() < Decibels::of(-1000));
static_assert(Decibels::of(std::numeric_limits<double>::quiet_NaN()) == Decibels::silence());

} // namespace tutti::audio
