#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <tutti/core/InlineList.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/net/RtpPacket.hpp>

namespace tutti::net {

/// How one stream arrives at the reporter.
struct RtcpReportBlock {
  std::uint32_t ssrc = 0;
  std::uint8_t fractionLost = 0;   ///< in 1/256, since the last report
  std::int32_t cumulativeLost = 0; ///< in all; negative where duplicates came
  std::uint32_t highestSequence = 0;
  std::uint32_t jitter = 0; ///< in the stream's frames
  std::uint32_t lastSenderReport = 0;
  std::uint32_t delaySinceLast = 0; ///< in 1/65536 s

  friend bool operator==(const RtcpReportBlock&, const RtcpReportBlock&) = default;
};

/// What the reporter itself has sent.
struct RtcpSenderInfo {
  std::uint64_t ntpTime = 0;
  std::uint32_t rtpTimestamp = 0;
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;

  friend bool operator==(const RtcpSenderInfo&, const RtcpSenderInfo&) = default;
};

/// A compound packet: a sender or receiver report, the name of its author, and whether he leaves.
///
/// Spec:    RFC 3550 6.
struct RtcpReport {
  std::uint32_t ssrc = 0;
  std::optional<RtcpSenderInfo> sender;
  InlineList<RtcpReportBlock, 31> blocks;
  std::string cname; ///< at most 255 bytes, not checked for being text
  bool isBye = false;

  friend bool operator==(const RtcpReport&, const RtcpReport&) = default;
};

/// Reads a compound packet. Blocks beyond the 31st and packets of other types are skipped.
///
/// Errors:  `malformed` where it does not begin with a report, or a length leads beyond the end.
Result<RtcpReport> parseRtcp(std::span<const std::byte> datagram);

MediaDatagram encodeRtcp(const RtcpReport& report);

} // namespace tutti::net
