#include "Asking.hpp"

#include <tutti/core/ByteReader.hpp>

#include "Keys.hpp"

namespace tutti::linkaudio {
namespace {

using Bytes = std::span<const std::byte>;

/// The value of the one entry that matters here; it has eight bytes.
std::optional<Bytes> readOnly(Bytes payload, discovery::EntryKey wanted)
{
  std::optional<Bytes> found;
  const bool isWhole = discovery::readEntries(payload, [&](discovery::EntryKey key, Bytes value) {
    if (key != wanted) return true;
    found = value;
    return value.size() == 8;
  });
  return isWhole ? found : std::nullopt;
}

Packet encodeAsking(MessageType type, std::chrono::seconds ttl, const NodeId& sender,
                    const ChannelId& channel)
{
  auto packet = beginPacket(type, ttl, sender);
  PacketWriter out{packet};
  discovery::writeEntryHead(out, kChannelKey, NodeId::kSize);
  out.bytes(channel.bytes.bytes());
  return packet;
}

} // namespace

std::optional<ChannelId> parseAsking(Bytes payload)
{
  const auto id = readOnly(payload, kChannelKey);
  if (!id) return std::nullopt;
  return ChannelId{NodeId::fromBytes(*id)};
}

Packet encodeRequest(const NodeId& sender, const ChannelId& channel)
{
  return encodeAsking(MessageType::request, kTtl, sender, channel);
}

Packet encodeStop(const NodeId& sender, const ChannelId& channel)
{
  return encodeAsking(MessageType::stop, std::chrono::seconds{0}, sender, channel);
}

std::optional<std::int64_t> parsePong(Bytes payload)
{
  const auto ping = readOnly(payload, kPingKey);
  return ping ? ByteReader{*ping}.i64() : std::nullopt;
}

Packet encodePong(const NodeId& sender, std::int64_t ping)
{
  auto packet = beginPacket(MessageType::pong, kTtl, sender);
  PacketWriter out{packet};
  discovery::writeEntryHead(out, kPingKey, 8);
  out.i64(ping);
  return packet;
}

} // namespace tutti::linkaudio
