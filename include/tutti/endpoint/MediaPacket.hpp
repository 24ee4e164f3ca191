#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/NodeId.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/endpoint/SampleType.hpp>
#include <tutti/net/RtpPacket.hpp>

namespace tutti::endpoint {

/// Eight random bytes that the server draws for a connection and tells its client by TCP: who does not know
/// them cannot speak in it, nor aim it at anybody.
using SessionToken = NodeId;

/// From where to where the sound of a stream goes. An endpoint's *input* is `fromServer`, its *output*
/// `toServer`.
enum class Direction : std::uint8_t { fromServer, toServer };

/// One stream of a connection. `run` counts how often I/O was started, so that what is late from before is
/// not taken for what comes now.
struct StreamId {
  std::uint16_t run = 0;
  Direction direction = Direction::fromServer;
  std::uint8_t number = 0; ///< in the list of that direction

  [[nodiscard]] constexpr std::uint32_t ssrc() const
  {
    return std::uint32_t{run} << 16U | (direction == Direction::toServer ? 0x100U : 0U) | number;
  }
  static constexpr std::optional<StreamId> ofSsrc(std::uint32_t ssrc)
  {
    if ((ssrc & 0xfe00U) != 0) return std::nullopt;
    return StreamId{static_cast<std::uint16_t>(ssrc >> 16U),
                    (ssrc & 0x100U) != 0 ? Direction::toServer : Direction::fromServer,
                    static_cast<std::uint8_t>(ssrc & 0xffU)};
  }
  friend constexpr auto operator<=>(const StreamId&, const StreamId&) = default;
};

/// One datagram between the media ports of a client and a server: RTP, so that every tool of the trade can
/// look at it.
///
///     RTP header | BEDE, element 4: session (8), byte index (8) | samples
///
/// The payload type is 96 + the sample type; 110 is a sign of life, without samples. The timestamp counts
/// frames. The byte index counts the bytes of the stream since I/O was started, so a packet may begin and end
/// anywhere, also inside a sample.
///
/// Views bytes that somebody else keeps.
/// Spec:    RFC 3550 5.1, RFC 8285 4.2; seed-systems 2.3, 2.5.
struct MediaPacket {
  SessionToken session;
  std::optional<SampleType> type; ///< nothing: a sign of life
  StreamId stream;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint64_t byteIndex = 0;
  std::span<const std::byte> samples;

  friend bool operator==(const MediaPacket& a, const MediaPacket& b)
  {
    return a.session == b.session && a.type == b.type && a.stream == b.stream && a.sequence == b.sequence &&
           a.timestamp == b.timestamp && a.byteIndex == b.byteIndex &&
           std::ranges::equal(a.samples, b.samples);
  }
};

inline constexpr std::size_t kMostSampleBytes = 1300;                   ///< of one packet
inline constexpr std::uint64_t kByteIndexEnd = std::uint64_t{1} << 56U; ///< 20 years of the thickest stream

/// Errors:  `malformed`.
Result<MediaPacket> parseMedia(std::span<const std::byte> datagram);

/// `samples` are at most `kMostSampleBytes`; none for a sign of life.
net::MediaDatagram encodeMedia(const MediaPacket& packet);

} // namespace tutti::endpoint
