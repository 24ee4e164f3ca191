#include <tutti/stream/Encoder.hpp>

#include <opus.h>

#include <tutti/core/Assert.hpp>

#include "PcmLayout.hpp"

namespace tutti::stream {
namespace {

constexpr int kComplexity = 5; // 20 µs for 2.5 ms in stereo; more is not heard at these bit rates
constexpr std::size_t kLongestOpus = 480;

} // namespace

void Encoder::Free::operator()(OpusEncoder* encoder) const
{
  opus_encoder_destroy(encoder);
}

Result<Encoder> Encoder::open(const StreamFormat& format)
{
  if (const auto checked = check(format); !checked) return tl::unexpected{checked.error()};
  Encoder encoder{format};
  if (format.codec != Codec::opus) return encoder;
  int error = OPUS_OK;
  encoder.opus_.reset(opus_encoder_create(format.rate.hertz(), static_cast<int>(format.channels),
                                          OPUS_APPLICATION_RESTRICTED_LOWDELAY, &error));
  if (error != OPUS_OK) return failure(ErrorKind::unavailable, opus_strerror(error));
  opus_encoder_ctl(encoder.opus_.get(), OPUS_SET_BITRATE(format.bitsPerSecond));
  opus_encoder_ctl(encoder.opus_.get(), OPUS_SET_COMPLEXITY(kComplexity));
  opus_encoder_ctl(encoder.opus_.get(), OPUS_SET_VBR(0)); // a level cannot be read from the length of packets
  return encoder;
}

std::span<const std::byte> Encoder::encode(std::span<const std::span<const float>> channels)
{
  TUTTI_ASSERT(channels.size() == format_.channels);
  TUTTI_ASSERT(static_cast<std::int64_t>(channels.front().size()) == format_.packet.frames);
  if (opus_) return encodeOpus(channels);
  const auto size = channels.size() * channels.front().size() * bytesPerSample(format_.codec);
  audio::encode(channels, std::span{bytes_}.first(size), sampleFormatOf(format_.codec),
                audio::ByteOrder::big);
  return std::span{bytes_}.first(size);
}

std::span<const std::byte> Encoder::encodeOpus(std::span<const std::span<const float>> channels)
{
  std::array<float, kLongestOpus * kMostChannels> frames{};
  const auto count = channels.front().size();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t channel = 0; channel < channels.size(); ++channel)
      frames[i * channels.size() + channel] = channels[channel][i];
  const auto size = opus_encode_float(opus_.get(), frames.data(), static_cast<int>(count),
                                      reinterpret_cast<unsigned char*>(bytes_.data()),
                                      static_cast<opus_int32>(bytes_.size()));
  TUTTI_ASSERT(size > 0); // what it refuses was checked when it was opened
  return std::span{bytes_}.first(static_cast<std::size_t>(size));
}

audio::FrameCount Encoder::delay() const
{
  if (!opus_) return {0};
  opus_int32 lookahead = 0;
  opus_encoder_ctl(opus_.get(), OPUS_GET_LOOKAHEAD(&lookahead));
  return {lookahead};
}

} // namespace tutti::stream
