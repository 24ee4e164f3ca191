#include <tutti/audio/Resampler.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <tutti/core/Assert.hpp>

#include "SincTable.hpp"

namespace tutti::audio {
namespace {

constexpr int kFractionBits = 48;
constexpr int kRowBits = 9;
static_assert(SincTable::kRows == 1U << kRowBits);
constexpr int kBetweenBits = kFractionBits - kRowBits;
constexpr double kOne = static_cast<double>(std::int64_t{1} << kFractionBits);

constexpr double kLowest = 0.2;            // 44.1 kHz played at 192 kHz
constexpr double kHighest = 4.5;           // and back
constexpr double kReach = 0.1;             // how far a ratio may leave the nominal one
constexpr std::size_t kHalfSame = 16;      // equal rates: flat to 19 kHz of 48, a third of a millisecond
constexpr std::size_t kHalfConverted = 24; // between rates: images of 18 kHz matter too
constexpr std::size_t kMostTaps = 216;

/// Four at a time: what every x86-64 and every 64-bit ARM has. GCC and Clang both understand it.
using Lanes = float __attribute__((vector_size(16)));
constexpr std::size_t kLanes = 4;

inline Lanes load(const float* from) noexcept TUTTI_NONBLOCKING
{
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

using Kernel = std::array<Lanes, kMostTaps / kLanes>;

/// The row at a place between two frames, by linear interpolation of its neighbours.
inline void rowAt(const SincTable& table, std::int64_t position, Kernel& kernel) noexcept TUTTI_NONBLOCKING
{
  const auto fraction = position & ((std::int64_t{1} << kFractionBits) - 1);
  const auto row = static_cast<std::size_t>(fraction >> kBetweenBits);
  const auto between = fraction & ((std::int64_t{1} << kBetweenBits) - 1);
  const float share =
    static_cast<float>(between) * (1.0F / static_cast<float>(std::int64_t{1} << kBetweenBits));
  const Lanes weight{share, share, share, share};
  const float* const before = table.row(row);
  const float* const after = table.row(row + 1);
  for (std::size_t tap = 0; tap < table.taps(); tap += kLanes) {
    const Lanes base = load(before + tap);
    kernel[tap / kLanes] = base + weight * (load(after + tap) - base);
  }
}

inline float weighted(const float* frames, const Kernel& kernel, std::size_t taps) noexcept TUTTI_NONBLOCKING
{
  Lanes even{};
  Lanes odd{};
  for (std::size_t tap = 0; tap < taps; tap += 2 * kLanes) {
    even += load(frames + tap) * kernel[tap / kLanes];
    odd += load(frames + tap + kLanes) * kernel[tap / kLanes + 1];
  }
  const Lanes sum = even + odd;
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

std::size_t halfLengthFor(double nominal)
{
  if (nominal == 1.0) return kHalfSame;
  const auto stretched = std::ceil(static_cast<double>(kHalfConverted) * std::max(1.0, nominal));
  return (static_cast<std::size_t>(stretched) + 3) / 4 * 4;
}

} // namespace

Resampler::Resampler(std::size_t channels, double nominal)
{
  TUTTI_ASSERT(nominal >= kLowest && nominal <= kHighest);
  table_ = SincTable::shared(halfLengthFor(nominal), std::min(1.0, 1.0 / nominal));
  TUTTI_ASSERT(table_->taps() <= kMostTaps);
  const auto longest = static_cast<std::size_t>(nominal * (1 + kReach) * kLargestBlock) + 1;
  waiting_.assign(channels, std::vector<float>(table_->taps() + 2 * longest));
  nominal_ = static_cast<Position>(nominal * kOne);
  reset();
}

Resampler::~Resampler() = default;
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;

void Resampler::reset() noexcept TUTTI_NONBLOCKING
{
  filled_ =
    table_->taps() - 1; // of silence: the first frame that comes is the last one under the first kernel
  for (auto& channel : waiting_) std::fill_n(channel.begin(), filled_, 0.0F);
  position_ = 0;
  step_ = nominal_;
}

FrameCount Resampler::latency() const noexcept TUTTI_NONBLOCKING
{
  return FrameCount{static_cast<std::int64_t>(table_->taps() / 2)};
}

double Resampler::ratio() const noexcept TUTTI_NONBLOCKING
{
  return static_cast<double>(step_) / kOne;
}

Resampler::Position Resampler::stepFor(double ratio) const noexcept TUTTI_NONBLOCKING
{
  const double nominal = static_cast<double>(nominal_) / kOne;
  if (!(ratio > 0)) return nominal_; // also not-a-number
  return static_cast<Position>(std::clamp(ratio, nominal * (1 - kReach), nominal * (1 + kReach)) * kOne);
}

Resampler::Glide Resampler::glideTo(double ratio, std::size_t frames) const noexcept TUTTI_NONBLOCKING
{
  if (frames == 0) return {step_, 0};
  const auto growth = (stepFor(ratio) - step_) / static_cast<Position>(frames);
  return {step_ + growth, growth};
}

std::size_t Resampler::inputNeeded(std::size_t outputFrames, double ratio) const noexcept TUTTI_NONBLOCKING
{
  if (outputFrames == 0) return 0;
  const auto glide = glideTo(ratio, outputFrames);
  const auto steps = static_cast<Position>(outputFrames - 1); // between the first output frame and the last
  const auto last = position_ + steps * glide.step + steps * (steps - 1) / 2 * glide.growth;
  const auto reached = static_cast<std::size_t>(last >> kFractionBits) + table_->taps();
  return reached > filled_ ? reached - filled_ : 0;
}

std::size_t Resampler::outputPossible(std::size_t inputFrames, double ratio) const noexcept TUTTI_NONBLOCKING
{
  const double waiting = static_cast<double>(filled_ + inputFrames) - static_cast<double>(table_->taps());
  const double room = waiting - static_cast<double>(position_) / kOne;
  const double slowest = static_cast<double>(std::max(stepFor(ratio), step_)) / kOne;
  auto frames = room < 0 ? std::size_t{0} : static_cast<std::size_t>(room / slowest); // never too many
  while (frames < kLargestBlock && inputNeeded(frames + 1, ratio) <= inputFrames) ++frames;
  return std::min(frames, kLargestBlock);
}

void Resampler::process(std::span<const std::span<const float>> input,
                        std::span<const std::span<float>> output, double ratio) noexcept TUTTI_NONBLOCKING
{
  if (waiting_.empty() || input.size() < waiting_.size() || output.size() < waiting_.size()) return;
  const auto frames = std::min(output.front().size(), kLargestBlock);
  const auto needed = inputNeeded(frames, ratio);
  append(input, needed);
  const auto glide = glideTo(ratio, frames);
  interpolate(output, frames, glide);
  step_ += glide.growth * static_cast<Position>(frames);
  dropConsumed();
}

void Resampler::append(std::span<const std::span<const float>> input, std::size_t needed) noexcept
  TUTTI_NONBLOCKING
{
  const auto brought = std::min(input.front().size(), waiting_.front().size() - filled_);
  const auto missing = needed > brought ? needed - brought : 0;
  for (std::size_t channel = 0; channel < waiting_.size(); ++channel) {
    float* const to = waiting_[channel].data() + filled_;
    std::copy_n(input[channel].begin(), brought, to);
    std::fill_n(to + brought, missing, 0.0F);
  }
  filled_ += brought + missing;
}

void Resampler::interpolate(std::span<const std::span<float>> output, std::size_t frames,
                            Glide glide) noexcept TUTTI_NONBLOCKING
{
  Kernel kernel;
  const auto taps = table_->taps();
  auto step = glide.step;
  for (std::size_t frame = 0; frame < frames; ++frame) {
    const auto first = static_cast<std::size_t>(position_ >> kFractionBits);
    rowAt(*table_, position_, kernel);
    for (std::size_t channel = 0; channel < waiting_.size(); ++channel)
      output[channel][frame] = weighted(waiting_[channel].data() + first, kernel, taps);
    position_ += step;
    step += glide.growth;
  }
}

void Resampler::dropConsumed() noexcept TUTTI_NONBLOCKING
{
  const auto consumed = std::min(static_cast<std::size_t>(position_ >> kFractionBits), filled_);
  for (auto& channel : waiting_)
    std::copy(channel.begin() + static_cast<std::ptrdiff_t>(consumed),
              channel.begin() + static_cast<std::ptrdiff_t>(filled_), channel.begin());
  filled_ -= consumed;
  position_ -= static_cast<Position>(consumed) << kFractionBits;
}

} // namespace tutti::audio
