#include "DelayLine.hpp"

#include <algorithm>
#include <cmath>

#include <tutti/audio/SampleFormat.hpp>

namespace tutti::patch {
namespace {

constexpr float kInaudible = 1e-9F; // -180 dBFS: what decays forever would become denormal, thus slow

float tamed(float sample) noexcept TUTTI_NONBLOCKING
{
  const float height = std::abs(sample);
  if (!(height > kInaudible)) return 0; // also not-a-number
  return std::clamp(sample, -audio::kLargestSample, audio::kLargestSample);
}

} // namespace

void DelayLine::recall(std::span<float> out) noexcept TUTTI_NONBLOCKING
{
  fit(out.size());
  const auto untilEnd = std::min(out.size(), length_ - next_);
  const auto* const from = samples_.data();
  std::copy(from + next_, from + next_ + untilEnd, out.begin());
  std::copy(from, from + (out.size() - untilEnd), out.begin() + static_cast<std::ptrdiff_t>(untilEnd));
}

void DelayLine::remember(std::span<const float> in) noexcept TUTTI_NONBLOCKING
{
  for (const float sample : in) {
    samples_[next_] = tamed(sample);
    next_ = next_ + 1 == length_ ? 0 : next_ + 1;
  }
}

void DelayLine::fit(std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  shortBlocks_ = frames < length_ ? shortBlocks_ + 1 : 0;
  if (frames <= length_ && shortBlocks_ < kShortBlocks) return;
  samples_.fill(0);
  length_ = std::max(frames, std::size_t{1});
  next_ = 0;
  shortBlocks_ = 0;
}

} // namespace tutti::patch
