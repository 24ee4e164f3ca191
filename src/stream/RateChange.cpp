#include <tutti/stream/RateChange.hpp>

#include <algorithm>
#include <cmath>

#include <tutti/core/Assert.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::stream {
namespace {

constexpr double kLowest = 0.2; // what the resampler takes
constexpr double kHighest = 4.5;

double ratioOf(audio::SampleRate from, audio::SampleRate to)
{
  return static_cast<double>(from.hertz()) / to.hertz();
}

} // namespace

Result<RateChange> RateChange::between(audio::SampleRate from, audio::SampleRate to, std::size_t channels)
{
  TUTTI_ASSERT(channels >= 1 && channels <= kMostChannels);
  const auto ratio = ratioOf(from, to);
  if (ratio < kLowest || ratio > kHighest)
    return failure(
      ErrorKind::unsupported,
      "Opus cannot carry the rate of this sound device; choose PCM, or set the device to 48 kHz");
  return RateChange{from, to, channels};
}

RateChange::RateChange(audio::SampleRate from, audio::SampleRate to, std::size_t channels)
  : from_{from}
  , channels_{channels}
  , ratio_{ratioOf(from, to)}
  , resampler_{channels, ratio_}
{}

void RateChange::beginAt(SampleTime first)
{
  resampler_.reset();
  begin_ = SampleTime{time::rounded(static_cast<double>(first.frames) / ratio_)};
  in_ = out_ = 0;
}

void RateChange::push(const Chunk& chunk)
{
  const auto frames = std::min<std::size_t>(chunk.frames, Chunk::kFrames);
  if (expected_ != chunk.first) beginAt(chunk.first);
  expected_ = chunk.first + audio::FrameCount{static_cast<std::int64_t>(frames)};
  captured_ = chunk.captured - from_.toMicros({in_}); // the moment at which it all began, by the newest word
  in_ += static_cast<std::int64_t>(frames);
  given_ = 0;
  readyCount_ = std::min(resampler_.outputPossible(frames, ratio_), kMost);
  std::array<std::span<const float>, kMostChannels> input;
  std::array<std::span<float>, kMostChannels> output;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    input[channel] = std::span{chunk.samples[channel]}.first(frames);
    output[channel] = std::span{ready_[channel]}.first(readyCount_);
  }
  resampler_.process(std::span{input}.first(channels_), std::span{output}.first(channels_), ratio_);
}

std::optional<Chunk> RateChange::next()
{
  if (given_ == readyCount_) return std::nullopt;
  Chunk chunk;
  chunk.first = begin_ + audio::FrameCount{out_};
  chunk.frames = static_cast<std::uint32_t>(std::min(readyCount_ - given_, Chunk::kFrames));
  for (std::size_t channel = 0; channel < channels_; ++channel)
    std::copy_n(ready_[channel].begin() + static_cast<std::ptrdiff_t>(given_), chunk.frames,
                chunk.samples[channel].begin());
  const auto place = static_cast<double>(out_) * ratio_ - static_cast<double>(resampler_.latency().frames);
  chunk.captured = captured_ + Micros{time::rounded(place * 1e6 / from_.hertz())};
  given_ += chunk.frames;
  out_ += chunk.frames;
  return chunk;
}

} // namespace tutti::stream
