#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tutti::net {

/// What a datagram is, by its first byte: STUN and media share one port.
///
/// Spec: RFC 7983.
enum class PacketKind : std::uint8_t { stun, media, other };

constexpr PacketKind kindOf(std::span<const std::byte> datagram)
{
  if (datagram.empty()) return PacketKind::other;
  const auto first = std::to_integer<unsigned>(datagram.front());
  if (first <= 3) return PacketKind::stun;
  return first >= 128 && first <= 191 ? PacketKind::media : PacketKind::other;
}

/// Which stream an RTP packet belongs to: the member's slot, and which of their streams.
///
/// Spec: room R-4.
struct StreamId {
  std::uint16_t slot = 0;
  std::uint16_t stream = 0;

  [[nodiscard]] constexpr std::uint32_t ssrc() const { return std::uint32_t{slot} << 16U | stream; }
  static constexpr StreamId ofSsrc(std::uint32_t ssrc)
  {
    return {static_cast<std::uint16_t>(ssrc >> 16U), static_cast<std::uint16_t>(ssrc & 0xffffU)};
  }
  friend constexpr auto operator<=>(StreamId, StreamId) = default;
};

/// The few fields of a media packet that sealing and forwarding need, read without touching the rest.
struct RtpPeek {
  bool isRtcp = false; ///< RFC 5761 4: by the second byte
  StreamId id;
  std::uint8_t payloadType = 0; ///< RTP only
  std::uint16_t sequence = 0;   ///< RTP only
  std::size_t headerSize = 0;   ///< with the header extension, if there is one
  std::size_t extensionAt = 0;  ///< where its four-byte head stands; 0: there is none

  /// Nothing for what is too short or not version 2. A packet that passes is at least `headerSize` long.
  static std::optional<RtpPeek> at(std::span<const std::byte> packet);
};

} // namespace tutti::net
