#pragma once

#include <compare>

#include <tutti/audio/Decibels.hpp>

namespace tutti::audio {

/// What a sample is multiplied with. Computed from decibels outside the audio thread, copied into it.
///
/// 0 to +24 dB; anything else is brought there, so that no number that arrives by wire or file hurts ears.
class Gain {
public:
  static constexpr float kMost = 15.848932F; // +24 dB

  constexpr Gain() = default;
  static Gain of(Decibels level) { return ofFactor(static_cast<float>(level.amplitude())); }
  static constexpr Gain ofFactor(float factor)
  {
    if (!(factor > 0)) return silence(); // also not-a-number
    return Gain{factor < kMost ? factor : kMost};
  }
  static constexpr Gain silence() { return Gain{0.0F}; }

  [[nodiscard]] constexpr float factor() const { return factor_; }
  [[nodiscard]] Decibels level() const { return Decibels::ofAmplitude(static_cast<double>(factor_)); }

  friend constexpr Gain operator*(Gain a, Gain b) { return ofFactor(a.factor_ * b.factor_); }
  friend constexpr auto operator<=>(Gain, Gain) = default;

private:
  explicit constexpr Gain(float factor)
    : factor_{factor}
  {}
  float factor_ = 1.0F;
};

static_assert(Gain{} * Gain::silence() == Gain::silence());
static_assert(Gain::ofFactor(-1.0F) == Gain::silence());

} // namespace tutti::audio
