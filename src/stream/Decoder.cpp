#include <tutti/stream/Decoder.hpp>

#include <algorithm>
#include <array>
#include <opus.h>

#include <tutti/core/Assert.hpp>

#include "PcmLayout.hpp"

namespace tutti::stream {
namespace {

using Frames = std::array<float, Decoder::kMostFrames * kMostChannels>;
constexpr opus_int32 kOpusRate = 48'000;    // RFC 7587 4.1
constexpr std::size_t kMostOpusFrames = 48; // within a packet: RFC 6716 3.2.5, 120 ms

/// Opus makes of a packet built with malice what no ear stands.
float bounded(float sample)
{
  if (!(sample == sample)) return 0;
  return std::clamp(sample, -audio::kLargestSample, audio::kLargestSample);
}

/// Reads all the heads within a packet, as decoding does: the first bytes alone may promise what the rest
/// does not keep.
Result<audio::FrameCount> lengthOfOpus(std::span<const std::byte> bytes)
{
  if (bytes.empty()) return failure(ErrorKind::malformed, "Opus: an empty packet");
  const auto* const data = reinterpret_cast<const unsigned char*>(bytes.data());
  std::array<opus_int16, kMostOpusFrames> sizes{};
  const auto inside =
    opus_packet_parse(data, static_cast<opus_int32>(bytes.size()), nullptr, nullptr, sizes.data(), nullptr);
  const auto frames = std::max(inside, 0) * opus_packet_get_samples_per_frame(data, kOpusRate);
  if (frames <= 0 || static_cast<std::size_t>(frames) > Decoder::kMostFrames)
    return failure(ErrorKind::malformed, "Opus: no such packet");
  return audio::FrameCount{frames};
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

Result<audio::FrameCount> Decoder::lengthOf(std::span<const std::byte> bytes) const
{
  if (opus_) return lengthOfOpus(bytes);
  const auto stride = bytesPerSample(codec_) * channels_;
  if (bytes.empty() || bytes.size() % stride != 0 || bytes.size() / stride > kMostFrames)
    return failure(ErrorKind::malformed, "PCM: no whole frames");
  return audio::FrameCount{static_cast<std::int64_t>(bytes.size() / stride)};
}

Result<audio::FrameCount> Decoder::decode(std::span<const std::byte> bytes,
                                          std::span<const std::span<float>> channels)
{
  TUTTI_ASSERT(channels.size() == channels_ && channels.front().size() >= kMostFrames);
  const auto length = lengthOf(bytes);
  if (!length) return tl::unexpected{length.error()};
  if (!opus_) {
    audio::decode(bytes, channels, sampleFormatOf(codec_), audio::ByteOrder::big);
    return *length;
  }
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
  for (auto left = frames.frames; left >= kSkipStep; left -= kSkipStep)
    if (opus_decode_float(opus_.get(), nullptr, 0, unused.data(), kSkipStep, 0) < 0) return;
}

void Decoder::restart()
{
  if (opus_) opus_decoder_ctl(opus_.get(), OPUS_RESET_STATE);
}

} // namespace tutti::stream
