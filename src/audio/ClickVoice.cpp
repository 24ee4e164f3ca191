#include <tutti/audio/ClickVoice.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::audio {
namespace {

constexpr double kSeconds = 0.04; // shorter than two clicks are ever apart
constexpr double kDecaySeconds = 0.007;

struct Tone {
  double hertz;
  double amplitude;
};

constexpr Tone toneOf(Stress stress)
{
  switch (stress) {
  case Stress::strong:
    return {1760, 1.0};
  case Stress::normal:
    return {1174.7, 0.8};
  case Stress::soft:
    return {1174.7, 0.35};
  case Stress::silent:
    break;
  }
  return {0, 0};
}

} // namespace

void ClickVoice::start(Stress stress, Gain level, SampleRate rate) noexcept TUTTI_NONBLOCKING
{
  const auto tone = toneOf(stress);
  const double hertz = rate.hertz();
  const double turn = 2 * std::numbers::pi * tone.hertz / hertz;
  remaining_ = stress == Stress::silent ? 0 : static_cast<std::size_t>(kSeconds * hertz);
  perFrame_ = 1.0 / (kSeconds * hertz);
  level_ = tone.amplitude * static_cast<double>(level.factor());
  decay_ = std::exp(-1.0 / (kDecaySeconds * hertz));
  turnCosine_ = cosine_ = std::cos(turn); // the first frame is one turn on: it is heard
  turnSine_ = sine_ = std::sin(turn);
}

void ClickVoice::addTo(std::span<float> frames) noexcept TUTTI_NONBLOCKING
{
  for (float& frame : frames.first(std::min(frames.size(), remaining_))) {
    const double fade = static_cast<double>(remaining_--) * perFrame_;
    frame += static_cast<float>(level_ * fade * sine_);
    level_ *= decay_;
    const double turned = cosine_ * turnCosine_ - sine_ * turnSine_;
    sine_ = sine_ * turnCosine_ + cosine_ * turnSine_;
    cosine_ = turned;
  }
}

} // namespace tutti::audio
