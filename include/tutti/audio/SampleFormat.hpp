#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// How one sample is written down. The 24-bit kind is packed into three bytes.
enum class SampleFormat : std::uint8_t { int16, int24, int32, float32 };

/// Which byte of a sample comes first: `big` on the network (RFC 3190, RFC 3551), `little` in WAV files.
enum class ByteOrder : std::uint8_t { little, big };

constexpr std::size_t bytesPerSample(SampleFormat format)
{
  switch (format) {
  case SampleFormat::int16:
    return 2;
  case SampleFormat::int24:
    return 3;
  case SampleFormat::int32:
  case SampleFormat::float32:
    break;
  }
  return 4;
}

/// What a conversion could not keep.
struct ConversionLoss {
  std::uint32_t clipped = 0;    ///< Beyond what the format or an ear can take: now at the limit.
  std::uint32_t notNumbers = 0; ///< Not-a-number: now zero.

  friend constexpr bool operator==(const ConversionLoss&, const ConversionLoss&) = default;
};

/// Floats from anywhere stay within +24 dBFS: enough headroom for a mix, too little to break a filter for
/// good.
inline constexpr float kLargestSample = 16.0F;

/// Channels side by side become frames one after the other.
///
/// Linear, and exact at three points: 0 is 0, ±1 is plus or minus the largest positive integer. What was
/// decoded comes back as the same integer (of 32 bits the upper 24, as many as a float holds).
///
/// Threads: any, also *audio*.
/// Errors:  none. Whole frames are written, as many as the first channel has and there is room for.
ConversionLoss encode(std::span<const std::span<const float>> channels, std::span<std::byte> frames,
                      SampleFormat format, ByteOrder order) noexcept TUTTI_NONBLOCKING;

/// Frames one after the other become channels side by side: the inverse of `encode`.
///
/// Integers never clip: the most negative one is a hair beyond -1, and comes back as itself.
/// Threads: any, also *audio*. Whole frames are read, as many as there are and the first channel has room
/// for.
ConversionLoss decode(std::span<const std::byte> frames, std::span<const std::span<float>> channels,
                      SampleFormat format, ByteOrder order) noexcept TUTTI_NONBLOCKING;

} // namespace tutti::audio
