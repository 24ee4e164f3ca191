#include <tutti/stream/Redundancy.hpp>

#include <algorithm>
#include <utility>

namespace tutti::stream {

Redundancy::Payload Redundancy::pack(Codec codec, std::uint32_t timestamp, std::span<const std::byte> coded,
                                     std::size_t earlier)
{
  Payload payload;
  const net::RedBlock own{payloadTypeOf(codec), 0, coded};
  const auto room = kLargestPayload - std::min(kLargestPayload, coded.size() + 1);
  auto blocks = blocksFor(timestamp, room, earlier);
  if (blocks.empty()) {
    payload.payloadType = own.payloadType;
    payload.bytes.append(coded);
  } else {
    blocks.tryAdd(own);
    payload.payloadType = kRedPayloadType;
    payload.bytes = net::encodeRed(blocks);
  }
  remember(own, timestamp);
  return payload;
}

/// The newest ones that fit, the oldest first.
net::RedBlocks Redundancy::blocksFor(std::uint32_t timestamp, std::size_t room, std::size_t earlier) const
{
  std::size_t chosen = 0;
  while (chosen < std::min(earlier, saidCount_)) {
    const auto& said = said_[kMost - 1 - chosen];
    const auto offset = timestamp - said.timestamp;
    const auto size = said.bytes.size() + 4;
    if (offset == 0 || offset > net::kFurthestRedOffset || said.bytes.size() > net::kLargestRedBlock ||
        size > room)
      break;
    room -= size;
    ++chosen;
  }
  net::RedBlocks blocks;
  for (auto i = kMost - chosen; i < kMost; ++i)
    blocks.tryAdd({said_[i].payloadType, static_cast<std::uint16_t>(timestamp - said_[i].timestamp),
                   said_[i].bytes.bytes()});
  return blocks;
}

void Redundancy::remember(const net::RedBlock& block, std::uint32_t timestamp)
{
  std::swap(said_[0], said_[1]);
  auto& newest = said_[kMost - 1];
  newest = {block.payloadType, timestamp, {}};
  newest.bytes.append(block.data);
  saidCount_ = std::min(saidCount_ + 1, kMost);
}

} // namespace tutti::stream
