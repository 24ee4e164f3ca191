#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/core/InlineList.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/net/RtpPacket.hpp>

namespace tutti::net {

/// One of the encodings in a redundant payload: this packet's own, or an earlier one said again.
struct RedBlock {
  std::uint8_t payloadType = 0;      ///< 0 to 127
  std::uint16_t timestampOffset = 0; ///< how much earlier than the packet's timestamp it begins
  std::span<const std::byte> data;

  friend bool operator==(const RedBlock& a, const RedBlock& b)
  {
    return a.payloadType == b.payloadType && a.timestampOffset == b.timestampOffset &&
           std::ranges::equal(a.data, b.data);
  }
};

/// The packet's own block is the last one; the oldest comes first.
using RedBlocks = InlineList<RedBlock, 4>;

inline constexpr std::uint16_t kFurthestRedOffset = 0x3fff; // RFC 2198 3: 14 bits
inline constexpr std::size_t kLargestRedBlock = 0x3ff;      // RFC 2198 3: 10 bits

/// Reads a redundant payload. Views the payload's bytes.
///
/// Errors:  `malformed` where a length leads beyond the end, or there are more blocks than anybody needs.
/// Spec:    RFC 2198 3.
Result<RedBlocks> parseRed(std::span<const std::byte> payload);

/// How many bytes `encodeRed` makes of these blocks.
std::size_t redSize(const RedBlocks& blocks);

/// Writes at least one block; all but the last within `kFurthestRedOffset` and `kLargestRedBlock`.
MediaDatagram encodeRed(const RedBlocks& blocks);

} // namespace tutti::net
