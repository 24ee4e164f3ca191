#include <tutti/jam/Tone.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::jam {
namespace {

constexpr double kAmplitude = 0.25;
constexpr double kClickHertz = 1200;
constexpr double kClickSeconds = 0.06;

} // namespace

void Tone::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const auto left = rendering.output(0);
  for (std::size_t i = 0; i < block.frames; ++i)
    left[i] = at(block.first.frames + static_cast<std::int64_t>(i), block.rate.hertz());
  std::copy(left.begin(), left.end(), rendering.output(1).begin());
}

float Tone::at(std::int64_t frame, double rate) const noexcept TUTTI_NONBLOCKING
{
  if (kind_ == Kind::sine) {
    const auto turns = hertz_ * (static_cast<double>(frame) / rate);
    return static_cast<float>(kAmplitude * std::sin(2 * std::numbers::pi * (turns - std::floor(turns))));
  }
  const auto since = std::fmod(static_cast<double>(frame) / rate, 0.5);
  const auto fade = std::max(0.0, 1 - since / kClickSeconds);
  return static_cast<float>(2 * kAmplitude * fade * std::cos(2 * std::numbers::pi * kClickHertz * since));
}

} // namespace tutti::jam
