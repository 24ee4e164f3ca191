#include "Message.hpp"

#include <algorithm>
#include <array>

#include <tutti/core/ByteReader.hpp>

namespace tutti::linkaudio {
namespace {

constexpr std::array<char, 7> kMagic{'c', 'h', 'n', 'n', 'l', 's', 'v'};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeader = 20;

bool hasMagic(std::span<const std::byte> bytes)
{
  return std::ranges::equal(bytes, std::as_bytes(std::span{kMagic}));
}

} // namespace

tl::expected<Message, MessageFault> parseMessage(std::span<const std::byte> datagram)
{
  if (datagram.size() > Packet::capacity()) return tl::unexpected{MessageFault::tooLong};
  if (datagram.size() < kHeader) return tl::unexpected{MessageFault::noMagic};
  ByteReader in{datagram};
  if (!hasMagic(*in.bytes(kMagic.size()))) return tl::unexpected{MessageFault::noMagic};
  if (*in.u8() != kVersion) return tl::unexpected{MessageFault::foreignVersion};
  const auto type = *in.u8();
  const std::chrono::seconds ttl{*in.u8()};
  if (*in.u16() != 0) return tl::unexpected{MessageFault::foreignGroup};
  if (type < 1 || type > 6) return tl::unexpected{MessageFault::unknownType};
  const auto sender = NodeId::fromBytes(*in.bytes(NodeId::kSize));
  return Message{static_cast<MessageType>(type), ttl, sender, *in.bytes(in.remaining())};
}

Packet beginPacket(MessageType type, std::chrono::seconds ttl, const NodeId& sender)
{
  Packet packet;
  PacketWriter out{packet};
  out.bytes(std::as_bytes(std::span{kMagic}));
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(type));
  out.u8(static_cast<std::uint8_t>(ttl.count()));
  out.u16(0);
  out.bytes(sender.bytes());
  return packet;
}

} // namespace tutti::linkaudio
