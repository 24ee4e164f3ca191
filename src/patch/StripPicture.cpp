#include "StripPicture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <tutti/audio/Gain.hpp>

namespace tutti::patch {
namespace {

using Sides = std::array<double, 2>;

/// Left and right: the sum of their squares is always 2.
Sides sidesOf(double pan) noexcept TUTTI_NONBLOCKING
{
  if (pan == 0) return {1, 1}; // to the bit
  const double angle = (pan + 1) * std::numbers::pi / 4;
  const double left = pan < 1 ? std::cos(angle) : 0.0;
  return {std::numbers::sqrt2 * left, std::numbers::sqrt2 * std::sin(angle)};
}

double factorOf(const StripChannel& channel, bool isSoloActive) noexcept TUTTI_NONBLOCKING
{
  if (channel.isMuted || (isSoloActive && !channel.isSoloed)) return 0;
  const auto factor = static_cast<double>(audio::Gain::of(channel.gain).factor());
  return channel.isInverted ? -factor : factor;
}

void add(std::span<const float> in, std::span<float> out, float gain) noexcept TUTTI_NONBLOCKING
{
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += gain * in[i];
}

} // namespace

MixStrip::Picture::Picture(const StripSettings& settings, bool isSoloActive)
  : settings_{settings}
  , isSoloActive_{isSoloActive}
  , targets_{gainsOf(settings, isSoloActive)}
{
  for (std::size_t side = 0; side < 2; ++side)
    for (std::size_t channel = 0; channel < 2; ++channel)
      glides_[side][channel] = Glide{targets_[side][channel]};
}

MixStrip::Picture::Gains MixStrip::Picture::gainsOf(const StripSettings& settings, bool isSoloActive) noexcept
  TUTTI_NONBLOCKING
{
  Gains gains{};
  for (std::size_t channel = 0; channel < 2; ++channel) {
    const auto& said = settings.channels[settings.isLinked ? 0 : channel];
    const auto factor = factorOf(said, isSoloActive);
    const auto sides = sidesOf(said.pan);
    for (std::size_t side = 0; side < 2; ++side)
      if (!settings.isLinked || side == channel)
        gains[side][channel] = static_cast<float>(factor * sides[side]);
  }
  return gains;
}

void MixStrip::Picture::render(const Rendering& rendering, const StripSettings& settings,
                               bool isSoloActive) noexcept TUTTI_NONBLOCKING
{
  if (!(settings == settings_) || isSoloActive != isSoloActive_) {
    settings_ = settings;
    isSoloActive_ = isSoloActive;
    targets_ = gainsOf(settings, isSoloActive);
  }
  pace_ = pace_.at(rendering.block.rate);
  for (std::size_t side = 0; side < 2; ++side) {
    const auto out = rendering.output(side);
    std::fill(out.begin(), out.end(), 0.0F);
    for (std::size_t channel = 0; channel < 2; ++channel) {
      auto& glide = glides_[side][channel];
      const float target = targets_[side][channel];
      const auto in = rendering.input(channel);
      if (!glide.isAt(target))
        glide.along(out.size(), target, pace_, [&](std::size_t first, std::span<const float> gains) {
          for (std::size_t i = 0; i < gains.size(); ++i) out[first + i] += gains[i] * in[first + i];
        });
      else if (target != 0)
        add(in, out, target);
    }
  }
}

} // namespace tutti::patch
