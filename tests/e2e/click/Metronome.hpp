#pragma once

#include <cmath>
#include <numbers>
#include <span>

#include <tutti/link/SessionState.hpp>

namespace click {

/// Plays a cosine from its crest at each beat: the recorder reads the beat's moment from its phase, much
/// finer than one sample.
class Metronome {
public:
  explicit Metronome(double framesPerSecond)
    : microsPerFrame_{1e6 / framesPerSecond}
  {}

  /// `heardAt` is when the block's first sample reaches the ear.
  void render(std::span<float> block, const tutti::link::SessionState& state,
              tutti::HostTime heardAt) noexcept
  {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const auto micros = microsPerFrame_ * static_cast<double>(i);
      const auto at = heardAt + tutti::Micros{static_cast<std::int64_t>(micros)};
      const auto phase = state.phaseAtTime(at, kBeat);
      if (phase < lastPhase_) begin(state, at);
      lastPhase_ = phase;
      block[i] =
        sounding_ ? wave(static_cast<double>(tutti::microsOf(heardAt)) + micros - beatMicros_) : 0.0F;
    }
  }

private:
  static constexpr auto kBeat = tutti::time::Beats::fromMicroBeats(1'000'000);
  static constexpr auto kBar = tutti::time::Beats::fromMicroBeats(4'000'000);
  static constexpr double kMicros = 60'000; // a click's length

  void begin(const tutti::link::SessionState& state, tutti::HostTime at) noexcept
  {
    const auto beat = state.beatAtTime(at, kBeat);
    const auto whole = beat - tutti::time::phase(beat, kBeat);
    beatMicros_ = static_cast<double>(tutti::microsOf(state.timeAtBeat(whole, kBeat)));
    pitchHz_ = state.phaseAtTime(at, kBar) < kBeat ? 1567 : 1108;
    sounding_ = true;
  }

  float wave(double micros) noexcept
  {
    if (micros > kMicros) sounding_ = false;
    const auto fade = 1 - micros / kMicros;
    return static_cast<float>(fade * std::cos(2 * std::numbers::pi * pitchHz_ * micros / 1e6));
  }

  double microsPerFrame_;
  tutti::time::Beats lastPhase_;
  bool sounding_ = false;
  double beatMicros_ = 0;
  double pitchHz_ = 0;
};

} // namespace click
