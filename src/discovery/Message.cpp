#include <tutti/discovery/Message.hpp>

#include <algorithm>
#include <array>

#include <tutti/core/ByteReader.hpp>

namespace tutti::discovery {
namespace {

constexpr std::array<std::uint8_t, 7> kMagic{'_', 'a', 's', 'd', 'p', '_', 'v'};
constexpr std::uint8_t kVersion = 1;
constexpr std::uint16_t kGroup = 0; // the only one there is

} // namespace

tl::expected<Message, MessageFault> parseMessage(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  const auto magic = in.bytes(kMagic.size());
  if (!magic || !std::ranges::equal(*magic, std::as_bytes(std::span{kMagic})))
    return tl::unexpected{MessageFault::noMagic};
  const auto version = in.u8();
  if (version && *version != kVersion) return tl::unexpected{MessageFault::foreignVersion};
  const auto type = in.u8();
  const auto ttl = in.u8();
  const auto group = in.u16();
  const auto sender = in.bytes(NodeId::kSize);
  if (!type || !ttl || !group || !sender) return tl::unexpected{MessageFault::noMagic};
  if (*group != kGroup) return tl::unexpected{MessageFault::foreignGroup};
  if (*type < 1 || *type > 3) return tl::unexpected{MessageFault::unknownType};
  return Message{static_cast<MessageType>(*type), std::chrono::seconds{*ttl}, NodeId::fromBytes(*sender),
                 datagram.last(in.remaining())};
}

void writeHeader(ByteWriter& out, MessageType type, std::chrono::seconds ttl, const NodeId& sender)
{
  out.bytes(std::as_bytes(std::span{kMagic}));
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(type));
  out.u8(static_cast<std::uint8_t>(ttl.count()));
  out.u16(kGroup);
  out.bytes(sender.bytes());
}

} // namespace tutti::discovery
