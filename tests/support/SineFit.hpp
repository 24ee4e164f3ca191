#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

namespace tutti::test {

/// What is left of a signal when the sine that it should be is taken away.
struct SineFit {
  double amplitude = 0;
  double phase = 0;      ///< radians that the signal is ahead of sin(expected)
  double residualDb = 0; ///< against the sine
};

/// `phases[k]` is where in its cycle the ideal sine is at `signal[k]`; amplitude and one phase are free.
inline SineFit fitSine(std::span<const float> signal, std::span<const double> phases)
{
  double ss = 0, sc = 0, cc = 0, ys = 0, yc = 0;
  for (std::size_t k = 0; k < signal.size(); ++k) {
    const double s = std::sin(phases[k]), c = std::cos(phases[k]), y = static_cast<double>(signal[k]);
    ss += s * s, sc += s * c, cc += c * c, ys += y * s, yc += y * c;
  }
  const double determinant = ss * cc - sc * sc;
  const double a = (ys * cc - yc * sc) / determinant;
  const double b = (yc * ss - ys * sc) / determinant;
  double left = 0, all = 0;
  for (std::size_t k = 0; k < signal.size(); ++k) {
    const double ideal = a * std::sin(phases[k]) + b * std::cos(phases[k]);
    const double error = static_cast<double>(signal[k]) - ideal;
    left += error * error;
    all += ideal * ideal;
  }
  return {std::hypot(a, b), std::atan2(b, a), 10 * std::log10(left / all)};
}

inline double radians(double cycles)
{
  return 2 * std::numbers::pi * cycles;
}

} // namespace tutti::test
