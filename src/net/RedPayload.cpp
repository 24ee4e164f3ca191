#include <tutti/net/RedPayload.hpp>

#include <array>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>

namespace tutti::net {
namespace {

//  0                   1                    2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
// |1|   block PT  |  timestamp offset         |   block length    |  for each earlier one
// |0|   block PT  |                                                  for the packet's own
constexpr std::uint8_t kMore = 0x80;

struct Head {
  RedBlock block;
  std::size_t size = 0; // of the data; unknown of the last one
};

} // namespace

Result<RedBlocks> parseRed(std::span<const std::byte> payload)
{
  ByteReader in{payload};
  InlineList<Head, RedBlocks::capacity()> heads;
  for (bool more = true; more;) {
    const auto first = in.u8();
    if (!first) return failure(ErrorKind::malformed, "RED: ends in its heads");
    Head head{{static_cast<std::uint8_t>(*first & 0x7fU), 0, {}}, 0};
    more = (*first & kMore) != 0;
    if (more) {
      const auto high = in.u8();
      const auto low = in.u16();
      if (!high || !low) return failure(ErrorKind::malformed, "RED: ends in its heads");
      const auto rest = std::uint32_t{*high} << 16U | *low;
      head.block.timestampOffset = static_cast<std::uint16_t>(rest >> 10U);
      head.size = rest & kLargestRedBlock;
    }
    if (!heads.tryAdd(head)) return failure(ErrorKind::malformed, "RED: too many blocks");
  }
  RedBlocks blocks;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    auto block = heads[i].block;
    const auto data = in.bytes(i + 1 < heads.size() ? heads[i].size : in.remaining());
    if (!data) return failure(ErrorKind::malformed, "RED: a block is longer than the payload");
    block.data = *data;
    blocks.tryAdd(block);
  }
  return blocks;
}

std::size_t redSize(const RedBlocks& blocks)
{
  std::size_t size = blocks.size() * 4 - 3;
  for (const auto& block : blocks) size += block.data.size();
  return size;
}

MediaDatagram encodeRed(const RedBlocks& blocks)
{
  MediaDatagram payload;
  BasicByteWriter out{payload};
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    const auto& block = blocks[i];
    TUTTI_ASSERT(block.payloadType <= 0x7f && block.timestampOffset <= kFurthestRedOffset);
    TUTTI_ASSERT(block.data.size() <= kLargestRedBlock);
    out.u8(static_cast<std::uint8_t>(kMore | block.payloadType));
    const auto rest =
      std::uint32_t{block.timestampOffset} << 10U | static_cast<std::uint32_t>(block.data.size());
    out.u8(static_cast<std::uint8_t>(rest >> 16U));
    out.u16(static_cast<std::uint16_t>(rest));
  }
  out.u8(blocks.back().payloadType);
  for (const auto& block : blocks) out.bytes(block.data);
  return payload;
}

} // namespace tutti::net
