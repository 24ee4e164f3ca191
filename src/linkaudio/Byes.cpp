#include "Byes.hpp"

#include <algorithm>

#include <tutti/core/ByteReader.hpp>

#include "Keys.hpp"

namespace tutti::linkaudio {
namespace {

constexpr std::size_t kMost = (kMostPayload - 4) / NodeId::kSize; // 146, which makes 1200 bytes

bool readIds(std::span<const std::byte> value, std::vector<ChannelId>& ids)
{
  ByteReader in{value};
  const auto count = in.u32();
  if (!count || in.remaining() != std::uint64_t{*count} * NodeId::kSize) return false;
  ids.clear();
  while (!in.atEnd()) ids.push_back({NodeId::fromBytes(*in.bytes(NodeId::kSize))});
  return true;
}

} // namespace

std::optional<std::vector<ChannelId>> parseByes(std::span<const std::byte> payload)
{
  std::vector<ChannelId> ids;
  const bool isWhole = discovery::readEntries(
    payload, [&](discovery::EntryKey key, auto value) { return key != kByesKey || readIds(value, ids); });
  if (!isWhole) return std::nullopt;
  return ids;
}

std::vector<Packet> encodeByes(const NodeId& sender, std::span<const ChannelId> channels)
{
  std::vector<Packet> packets;
  while (!channels.empty()) {
    const auto share = channels.first(std::min(channels.size(), kMost));
    channels = channels.subspan(share.size());
    PacketWriter out{packets.emplace_back(beginPacket(MessageType::byes, kTtl, sender))};
    discovery::writeEntryHead(out, kByesKey, static_cast<std::uint32_t>(4 + share.size() * NodeId::kSize));
    out.u32(static_cast<std::uint32_t>(share.size()));
    for (const auto& id : share) out.bytes(id.bytes.bytes());
  }
  return packets;
}

} // namespace tutti::linkaudio
