#include <tutti/audio/Meter.hpp>

#include <algorithm>
#include <cmath>

namespace tutti::audio {
namespace {

constexpr double kHoldSeconds = 1.5;
constexpr double kFallPerSecond = 20.0; // dB
constexpr double kAverageSeconds = 0.3;
constexpr double kNothing = 1e-15; // -150 dBFS: below is silence, and no denormal number slows the callback
constexpr float kMost = 16.0F;     // +24 dBFS, also for infinities

} // namespace

void Meter::process(std::span<const float> block) noexcept TUTTI_NONBLOCKING
{
  float highest = 0;
  double sumOfSquares = 0;
  std::uint32_t clips = 0;
  for (const float sample : block) {
    const float height = std::abs(sample);
    if (!(height < 1.0F)) ++clips; // also not-a-number
    const float sane = height < kMost ? height : (height >= kMost ? kMost : 0.0F);
    highest = std::max(highest, sane);
    sumOfSquares += static_cast<double>(sane) * static_cast<double>(sane);
  }
  if (clips > 0) clips_.fetch_add(clips, std::memory_order_relaxed);
  holdOrFall(highest, block.size());
  average(sumOfSquares, block.size());
}

void Meter::holdOrFall(float highest, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  if (highest >= peak_) {
    peak_ = highest;
    holdFrames_ = static_cast<std::int64_t>(kHoldSeconds * rate_.hertz());
  } else if (holdFrames_ > 0) {
    holdFrames_ -= static_cast<std::int64_t>(frames);
  } else {
    const double fall = kFallPerSecond * static_cast<double>(frames) / rate_.hertz();
    peak_ = std::max(highest, peak_ * static_cast<float>(std::pow(10.0, -fall / 20)));
    if (static_cast<double>(peak_) * static_cast<double>(peak_) < kNothing) peak_ = 0;
  }
  shownPeak_.store(peak_, std::memory_order_relaxed);
}

void Meter::average(double sumOfSquares, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  if (frames == 0) return;
  const auto count = static_cast<double>(frames);
  const double kept = std::exp(-count / (kAverageSeconds * rate_.hertz()));
  meanSquare_ = kept * meanSquare_ + (1 - kept) * sumOfSquares / count;
  if (meanSquare_ < kNothing) meanSquare_ = 0;
  shownMeanSquare_.store(static_cast<float>(meanSquare_), std::memory_order_relaxed);
}

Level Meter::read() const noexcept
{
  const double meanSquare = static_cast<double>(shownMeanSquare_.load(std::memory_order_relaxed));
  return {.peak = Decibels::ofAmplitude(static_cast<double>(shownPeak_.load(std::memory_order_relaxed))),
          .rms = Decibels::ofAmplitude(std::sqrt(meanSquare)),
          .hasClipped =
            clips_.load(std::memory_order_relaxed) != clipsCleared_.load(std::memory_order_relaxed)};
}

void Meter::clearClip() noexcept
{
  clipsCleared_.store(clips_.load(std::memory_order_relaxed), std::memory_order_relaxed);
}

} // namespace tutti::audio
