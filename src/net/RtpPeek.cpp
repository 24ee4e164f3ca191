#include <tutti/net/RtpPeek.hpp>

#include <tutti/core/ByteReader.hpp>

namespace tutti::net {
namespace {

constexpr std::size_t kRtpHeader = 12; // RFC 3550 5.1
constexpr std::size_t kRtcpHeader = 8; // RFC 3550 6.4: head and sender

bool saysRtcp(std::uint8_t second)
{
  return second >= 192 && second <= 223;
}

std::uint32_t wordAt(std::span<const std::byte> packet, std::size_t offset)
{
  return *ByteReader{packet.subspan(offset)}.u32();
}

} // namespace

std::optional<RtpPeek> RtpPeek::at(std::span<const std::byte> packet)
{
  if (packet.size() < kRtcpHeader || kindOf(packet) != PacketKind::media) return std::nullopt;
  const auto first = std::to_integer<unsigned>(packet[0]);
  const auto second = std::to_integer<std::uint8_t>(packet[1]);
  RtpPeek peek;
  if (saysRtcp(second)) {
    peek.isRtcp = true;
    peek.id = StreamId::ofSsrc(wordAt(packet, 4));
    peek.headerSize = kRtcpHeader;
    return peek;
  }
  if (packet.size() < kRtpHeader) return std::nullopt;
  peek.id = StreamId::ofSsrc(wordAt(packet, 8));
  peek.payloadType = second & 0x7fU;
  peek.sequence = static_cast<std::uint16_t>(wordAt(packet, 0) & 0xffffU);
  peek.headerSize = kRtpHeader + std::size_t{4} * (first & 0xfU);
  if ((first & 0x10U) != 0) {
    if (packet.size() < peek.headerSize + 4) return std::nullopt;
    peek.extensionAt = peek.headerSize;
    peek.headerSize += 4 + std::size_t{4} * (wordAt(packet, peek.extensionAt) & 0xffffU);
  }
  if (packet.size() < peek.headerSize) return std::nullopt;
  return peek;
}

} // namespace tutti::net
