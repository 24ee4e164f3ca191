#include <tutti/stream/Decoder.hpp>

#include <algorithm>
#include <array>
#include <opus.h>

#include <tutti/core/Assert.hpp>

#include "PcmLayout.hpp"

namespace tutti::stream {
namespace {

using Frames = std::array<float, Decoder::kMostFrames * kMostChannels>;
constexpr std::int64_t kSmallestOpus = 120; // frames that concealment works in

/// Opus makes of a packet built with malice what no ear stands.
float bounded(float sample)
{
  if (!(sample == sample)) return 0;
  return std::clamp(sample, -audio::kLargestSample, audio::kLargestSample);
}

} // namespace

void Decoder::Free::operator()(OpusDecoder* decoder) const
{
  opus_decoder_destroy(decoder);
}

Result<Decoder> Decoder::open(Codec codec, audio::SampleRate rate, std::size_t channels)
{
  StreamFormat format{.codec = codec, .rate = rate, .channels = channels};
  format.packet = packetFor(codec, channels, format.packet);
  if (const auto checked = check(format); !checked) return tl::unexpected{checked.error()};
  Decoder decoder{codec, channels};
  if (codec != Codec::opus) return decoder;
  int error = OPUS_OK;
  decoder.opus_.reset(opus_decoder_create(rate.hertz(), static_cast<int>(channels), &error));
  if (error != OPUS_OK) return failure(ErrorKind::unavailable, opus_strerror(error));
  return decoder;
}

Result<audio::FrameCount> Decoder::decode(std::span<const std::byte> bytes,
                                          std::span<const std::span<float>> channels)
{
  TUTTI_ASSERT(channels.size() == channels_ && channels.front().size() >= kMostFrames);
  if (!opus_) {
    const auto stride = bytesPerSample(codec_) * channels_;
    if (bytes.empty() || bytes.size() % stride != 0 || bytes.size() / stride > kMostFrames)
      return failure(ErrorKind::malformed, "PCM: no whole frames");
    audio::decode(bytes, channels, sampleFormatOf(codec_), audio::ByteOrder::big);
    return audio::FrameCount{static_cast<std::int64_t>(bytes.size() / stride)};
  }
  if (bytes.empty()) return failure(ErrorKind::malformed, "Opus: an empty packet");
  Frames frames;
  const auto count = opus_decode_float(opus_.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<opus_int32>(bytes.size()), frames.data(), kMostFrames, 0);
  if (count <= 0) return failure(ErrorKind::malformed, "Opus: no such packet");
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    for (std::size_t channel = 0; channel < channels_; ++channel)
      channels[channel][i] = bounded(frames[i * channels_ + channel]);
  return audio::FrameCount{count};
}

void Decoder::skip(audio::FrameCount frames)
{
  if (!opus_) return;
  Frames unused;
  for (auto left = frames.frames; left >= kSmallestOpus; left -= kSmallestOpus)
    if (opus_decode_float(opus_.get(), nullptr, 0, unused.data(), kSmallestOpus, 0) < 0) return;
}

} // namespace tutti::stream
