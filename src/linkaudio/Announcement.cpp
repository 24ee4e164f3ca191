#include "Announcement.hpp"

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>

#include "Keys.hpp"

namespace tutti::linkaudio {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t kEntryHead = 8;
constexpr std::size_t kCount = 4;
constexpr std::size_t kPingEntry = 16;

std::optional<std::string> readString(ByteReader& in)
{
  const auto size = in.u32();
  if (!size) return std::nullopt;
  const auto text = in.bytes(*size);
  if (!text) return std::nullopt;
  return std::string{reinterpret_cast<const char*>(text->data()), text->size()};
}

std::optional<OfferedChannel> readChannel(ByteReader& in)
{
  auto name = readString(in);
  const auto id = name ? in.bytes(NodeId::kSize) : std::nullopt;
  if (!id) return std::nullopt;
  return OfferedChannel{std::move(*name), {NodeId::fromBytes(*id)}};
}

bool readChannels(Bytes value, std::vector<OfferedChannel>& channels)
{
  ByteReader in{value};
  const auto count = in.u32();
  if (!count) return false;
  channels.clear();
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto channel = readChannel(in);
    if (!channel) return false; // long before a lying count has cost anything
    channels.push_back(std::move(*channel));
  }
  return in.atEnd();
}

bool readName(Bytes value, std::string& name)
{
  ByteReader in{value};
  auto text = readString(in);
  if (!text || !in.atEnd()) return false;
  name = std::move(*text);
  return true;
}

void writeString(PacketWriter& out, std::string_view text)
{
  out.u32(static_cast<std::uint32_t>(text.size()));
  out.bytes(std::as_bytes(std::span{text}));
}

std::size_t sizeOf(const OfferedChannel& channel)
{
  return 4 + channel.name.size() + NodeId::kSize;
}

/// Those channels that go into one packet.
struct Share {
  std::span<const OfferedChannel> channels;
  std::size_t size = 0; // of their bytes in the list
};

Share firstShare(std::span<const OfferedChannel> rest, std::size_t besides)
{
  Share share;
  std::size_t count = 0;
  while (count < rest.size() && besides + share.size + sizeOf(rest[count]) <= kMostPayload)
    share.size += sizeOf(rest[count++]);
  share.channels = rest.first(count);
  return share;
}

Packet encodeShare(const NodeId& sender, const Announcement& announcement, const Share& share, bool withPing)
{
  auto packet = beginPacket(MessageType::announcement, kTtl, sender);
  PacketWriter out{packet};
  discovery::writeEntryHead(out, kSessionKey, NodeId::kSize);
  out.bytes(announcement.session.bytes());
  discovery::writeEntryHead(out, kPeerKey, static_cast<std::uint32_t>(4 + announcement.peerName.size()));
  writeString(out, announcement.peerName);
  discovery::writeEntryHead(out, kChannelsKey, static_cast<std::uint32_t>(kCount + share.size));
  out.u32(static_cast<std::uint32_t>(share.channels.size()));
  for (const auto& channel : share.channels) {
    writeString(out, channel.name);
    out.bytes(channel.id.bytes.bytes());
  }
  if (!withPing) return packet;
  discovery::writeEntryHead(out, kPingKey, 8);
  out.i64(*announcement.ping);
  return packet;
}

} // namespace

std::optional<Announcement> parseAnnouncement(Bytes payload)
{
  Announcement announcement;
  std::optional<NodeId> session;
  const bool isWhole = discovery::readEntries(payload, [&](discovery::EntryKey key, Bytes value) {
    switch (key) {
    case kSessionKey:
      session = NodeId::fromBytes(value);
      return value.size() == NodeId::kSize;
    case kPeerKey:
      return readName(value, announcement.peerName);
    case kChannelsKey:
      return readChannels(value, announcement.channels);
    case kPingKey:
      announcement.ping = ByteReader{value}.i64();
      return value.size() == 8;
    default:
      return true;
    }
  });
  if (!isWhole || !session) return std::nullopt;
  announcement.session = *session;
  return announcement;
}

std::vector<Packet> encodeAnnouncement(const NodeId& sender, const Announcement& announcement)
{
  const auto heads = 3 * kEntryHead + NodeId::kSize + 4 + announcement.peerName.size() + kCount;
  std::vector<Packet> packets;
  std::span<const OfferedChannel> rest{announcement.channels};
  do {
    const bool withPing = packets.empty() && announcement.ping;
    const auto share = firstShare(rest, heads + (withPing ? kPingEntry : 0));
    TUTTI_ASSERT(rest.empty() || !share.channels.empty());
    packets.push_back(encodeShare(sender, announcement, share, withPing));
    rest = rest.subspan(share.channels.size());
  } while (!rest.empty());
  return packets;
}

} // namespace tutti::linkaudio
