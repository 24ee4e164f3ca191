#pragma once

#include <array>

namespace tutti::app {

/// How a cable looks for how loud it is: in few steps, which are left only for good, so that a cable that
/// breathes with the music is not painted anew with each breath. The bar at its middle is exact.
class LoudnessStep {
public:
  static constexpr int kClips = 5;

  [[nodiscard]] int step() const { return step_; } ///< 0 silent … 4 hot, 5 clips.
  [[nodiscard]] double width() const { return kWidths[static_cast<std::size_t>(step_)]; } ///< pixels
  [[nodiscard]] double decibels() const { return kFrom[static_cast<std::size_t>(step_)]; }

  /// Thirty times a second. True: it looks otherwise now.
  bool hear(double peak);

private:
  static constexpr std::array<double, 6> kFrom{-200, -60, -36, -20, -6, 0}; // dBFS
  static constexpr std::array<double, 6> kWidths{1.6, 2, 2.6, 3.2, 3.8, 4.4};

  int step_ = 0;
  int softer_ = 0; // ticks in a row
};

} // namespace tutti::app
