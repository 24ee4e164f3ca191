#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <SineFit.hpp>

#include "StreamSimulation.hpp"

namespace tutti::test {

/// Sends a sine and listens to what is played, a tenth of a second at a time: how long it was under way, and
/// what was added to it.
class SineEar {
public:
  static constexpr std::int64_t kWindow = 4800; // frames

  struct Window {
    double at = 0;       ///< s, its middle
    double delay = 0;    ///< µs; continuous from window to window, the first one within a cycle of zero
    double residual = 0; ///< dB against the sine
    double amplitude = 0;
  };

  explicit SineEar(double hertz)
    : hertz_{hertz}
  {}

  [[nodiscard]] StreamSimulation::Signal signal() const
  {
    return [cycles = hertz_ / 48'000](std::int64_t frame) {
      return static_cast<float>(0.5 * std::sin(radians(std::fmod(cycles * static_cast<double>(frame), 1.0))));
    };
  }
  StreamSimulation::Ear ear()
  {
    return [this](std::int64_t, float sample) { hear(sample); };
  }

  /// Call before running.
  void listenTo(const StreamSimulation& simulation)
  {
    cycles_ = hertz_ / 48'000 * simulation.senderRate() / simulation.deviceRate();
    deviceRate_ = simulation.deviceRate();
    period_ = 1e6 / (hertz_ * simulation.senderRate() / 48'000);
  }

  std::vector<Window> windows;

private:
  void hear(float sample)
  {
    const double frame = static_cast<double>(heard_++);
    samples_.push_back(sample);
    phases_.push_back(radians(std::fmod(cycles_ * frame, 1.0)));
    if (samples_.size() < static_cast<std::size_t>(kWindow)) return;
    judge();
    samples_.clear();
    phases_.clear();
  }

  /// As analysers do: the frequency is taken from the signal, so that a slow glide is no distortion.
  void judge()
  {
    const auto half = samples_.size() / 2;
    const auto early = fitSine(std::span{samples_}.first(half), std::span{phases_}.first(half));
    const auto late = fitSine(std::span{samples_}.subspan(half), std::span{phases_}.subspan(half));
    const double turn = std::remainder(late.phase - early.phase, radians(1)) / static_cast<double>(half);
    for (std::size_t k = 0; k < phases_.size(); ++k)
      phases_[k] += turn * (static_cast<double>(k) - static_cast<double>(half));
    const auto fit = fitSine(samples_, phases_);
    Window window;
    window.at = (static_cast<double>(heard_) - kWindow / 2.0) / deviceRate_;
    window.residual = fit.residualDb;
    window.amplitude = fit.amplitude;
    const double within = -fit.phase / radians(1) * period_;
    const double last = windows.empty() ? 0 : windows.back().delay;
    window.delay = within + std::round((last - within) / period_) * period_;
    windows.push_back(window);
  }

  double hertz_;
  double cycles_ = 0; // of the sine, for each played frame
  double deviceRate_ = 48'000;
  double period_ = 1; // µs
  std::int64_t heard_ = 0;
  std::vector<float> samples_;
  std::vector<double> phases_;
};

} // namespace tutti::test
