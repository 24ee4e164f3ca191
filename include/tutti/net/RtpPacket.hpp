#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/Datagram.hpp>
#include <tutti/core/InlineList.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::net {

/// One media packet on the wire: what fits an Ethernet frame together with IPv4 and UDP.
using MediaDatagram = BoundedDatagram<1472>;

struct RtpHeader {
  bool marker = false;
  std::uint8_t payloadType = 0; ///< 0 to 127
  std::uint16_t sequenceNumber = 0;
  std::uint32_t timestamp = 0; ///< in the sender's frames
  std::uint32_t ssrc = 0;

  friend bool operator==(const RtpHeader&, const RtpHeader&) = default;
};

/// One element of a header extension: an id from 1 to 14, and 1 to 16 bytes.
struct RtpExtension {
  std::uint8_t id = 1;
  std::span<const std::byte> data;

  friend bool operator==(const RtpExtension& a, const RtpExtension& b)
  {
    return a.id == b.id && std::ranges::equal(a.data, b.data);
  }
};

using RtpExtensions = InlineList<RtpExtension, 8>;

/// A packet of a media stream. Views bytes that somebody else keeps.
///
/// Units:   the header's timestamp counts the sender's frames.
/// Spec:    RFC 3550 5.1, RFC 8285 4.2 (elements with one byte of head).
struct RtpPacket {
  RtpHeader header;
  RtpExtensions extensions;
  std::span<const std::byte> payload;

  /// The bytes of the first element with this id.
  [[nodiscard]] std::optional<std::span<const std::byte>> extension(std::uint8_t id) const;
};

/// Reads a packet. Contributing sources and foreign extensions are skipped, padding is taken off.
///
/// Errors:  `malformed` where a length leads beyond the end, or the version is not 2.
Result<RtpPacket> parseRtp(std::span<const std::byte> datagram);

/// How many bytes `encodeRtp` puts before the payload.
std::size_t rtpHeadSize(const RtpExtensions& extensions);

/// Writes a packet that fits: `rtpHeadSize` and the payload together are at most a `MediaDatagram`.
MediaDatagram encodeRtp(const RtpPacket& packet);

/// Whether a datagram of a media socket is RTCP rather than RTP (RFC 5761 4).
bool isRtcp(std::span<const std::byte> datagram);

} // namespace tutti::net
