#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::stream {

/// How sound is written into packets.
enum class Codec : std::uint8_t {
  pcm16,   ///< L16 of RFC 3551
  pcm24,   ///< L24 of RFC 3190
  float32, ///< IEEE 754, most significant byte first: what the patch hears, to the bit
  opus     ///< RFC 7587, restricted low delay: for thin lines
};

/// What is on the wire, as sender and receivers have to know it.
struct StreamFormat {
  Codec codec = Codec::pcm16;
  audio::SampleRate rate{};
  std::size_t channels = 2;
  audio::FrameCount packet{64};         ///< in each packet
  std::int32_t bitsPerSecond = 160'000; ///< of Opus; PCM takes what it takes

  friend bool operator==(const StreamFormat&, const StreamFormat&) = default;
};

/// In RTP's range for what two parties agree on.
constexpr std::uint8_t payloadTypeOf(Codec codec)
{
  return static_cast<std::uint8_t>(96 + static_cast<std::uint8_t>(codec));
}
inline constexpr std::uint8_t kRedPayloadType = 112;

constexpr std::optional<Codec> codecOf(std::uint8_t payloadType)
{
  if (payloadType < 96 || payloadType > payloadTypeOf(Codec::opus)) return std::nullopt;
  return static_cast<Codec>(payloadType - 96);
}

/// Frames of one packet, together with what is around them on the wire, have to fit an Ethernet frame.
inline constexpr std::size_t kLargestPayload = 1300;

/// Whether this can be sent at all.
///
/// Errors:  `unsupported`, with a sentence for the musician.
Result<void> check(const StreamFormat& format);

/// The rate that travels where the device has this one: Opus knows only 48 kHz.
constexpr audio::SampleRate rateFor(Codec codec, audio::SampleRate device)
{
  return codec == Codec::opus ? audio::SampleRate::fromHertz(48'000) : device;
}

/// The longest packet that can be sent at this codec and number of channels and is no longer than `block`;
/// Opus takes the nearest of its own lengths.
audio::FrameCount packetFor(Codec codec, std::size_t channels, audio::FrameCount block);

} // namespace tutti::stream
