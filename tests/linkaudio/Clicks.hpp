#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "ChannelSimulation.hpp"

namespace tutti::test {

/// A click on each whole beat, 2 ms long, and an ear that says how far from a whole beat it hears each.
class Clicks {
public:
  struct Heard {
    double at = 0;      ///< s of true time
    double offBeat = 0; ///< ms that it is late
  };

  [[nodiscard]] static ChannelSimulation::Signal signal()
  {
    return [](double at, std::int64_t, const linkaudio::SessionGrid& grid) {
      const double off = std::abs(msOffBeat(at, grid, 0));
      return off >= 1 ? 0.0F : static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * off));
    };
  }

  [[nodiscard]] ChannelSimulation::Ear ear()
  {
    return [this](double at, float sample, const linkaudio::SessionGrid& grid) { hear(at, sample, grid); };
  }

  std::vector<Heard> heard;

private:
  static double msOffBeat(double at, const linkaudio::SessionGrid& grid, std::int64_t clock)
  {
    const double micros = at + static_cast<double>(clock - microsOf(grid.timeline.timeOrigin));
    const double beat = micros / static_cast<double>(grid.timeline.tempo.microsPerBeat());
    return (beat - std::round(beat)) * static_cast<double>(grid.timeline.tempo.microsPerBeat()) * 1e-3;
  }

  /// Where the click's weight is.
  void hear(double at, float sample, const linkaudio::SessionGrid& grid)
  {
    const double weight = std::abs(static_cast<double>(sample));
    if (weight > 0.02) {
      weight_ += weight;
      moment_ += weight * at;
    } else if (weight_ > 0) {
      const double middle = moment_ / weight_;
      if (weight_ > 4) heard.push_back({middle * 1e-6, msOffBeat(middle, grid, ChannelSimulation::kClock)});
      weight_ = moment_ = 0;
    }
  }

  double weight_ = 0, moment_ = 0;
};

} // namespace tutti::test
