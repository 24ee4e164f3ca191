#include "PortMappingWire.hpp"

#include <algorithm>

#include <tutti/core/ByteReader.hpp>

namespace tutti::net::routers {
namespace {

using Protocol = PortMapping::Protocol;

constexpr std::uint8_t kPcpVersion = 2;
constexpr std::uint8_t kPcpMap = 1;
constexpr std::uint8_t kAnswer = 0x80;
constexpr std::uint8_t kNatPmpVersion = 0;
constexpr std::uint8_t kNatPmpAddress = 0;
constexpr std::uint8_t kNatPmpUdp = 1;
constexpr std::uint8_t kNatPmpTcp = 2;
constexpr std::uint8_t kUnsupportedVersion = 1; // the same in both
constexpr std::size_t kLongestPcp = 1100;       // RFC 6887 7

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0,    0,
                                                     0, 0, 0, 0, 0xff, 0xff}; // RFC 4291 2.5.5.2

void writeAddress(ByteStringWriter& out, const IpAddress& address)
{
  if (address.isV4()) out.bytes(std::as_bytes(std::span{kMappedPrefix}));
  out.bytes(std::as_bytes(std::span{address.bytes()}).first(address.isV4() ? 4 : 16));
}

std::optional<IpAddress> readAddress(ByteReader& in)
{
  const auto raw = in.bytes(16);
  if (!raw) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::to_integer<std::uint8_t>((*raw)[i]);
  if (!std::ranges::equal(kMappedPrefix, std::span{bytes}.first(kMappedPrefix.size())))
    return IpAddress::v6(bytes);
  return IpAddress::v4({bytes[12], bytes[13], bytes[14], bytes[15]});
}

bool isProtocol(std::uint8_t number)
{
  return number == static_cast<std::uint8_t>(Protocol::tcp) ||
         number == static_cast<std::uint8_t>(Protocol::udp);
}

std::optional<NatPmpAnswer::Mapped> readMapped(ByteReader& in, Protocol protocol)
{
  const auto here = in.u16();
  const auto outside = in.u16();
  const auto lifetime = in.u32();
  if (!lifetime) return std::nullopt;
  return NatPmpAnswer::Mapped{protocol, *here, *outside, *lifetime};
}

} // namespace

ByteString pcpMap(const MapQuestion& question, const IpAddress& own)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(kPcpVersion);
  out.u8(kPcpMap);
  out.u16(0);
  out.u32(question.lifetime);
  writeAddress(out, own);
  out.bytes(question.port.nonce);
  out.u8(static_cast<std::uint8_t>(question.port.protocol));
  out.u8(0);
  out.u16(0);
  out.u16(question.port.number);
  out.u16(question.outsidePort);
  writeAddress(out, question.outside);
  return bytes;
}

ByteString natPmpMap(const MapQuestion& question)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(kNatPmpVersion);
  out.u8(question.port.protocol == Protocol::udp ? kNatPmpUdp : kNatPmpTcp);
  out.u16(0);
  out.u16(question.port.number);
  out.u16(question.outsidePort);
  out.u32(question.lifetime);
  return bytes;
}

ByteString natPmpAddress()
{
  return {std::byte{kNatPmpVersion}, std::byte{kNatPmpAddress}};
}

std::optional<PcpAnswer> readPcpAnswer(std::span<const std::byte> datagram)
{
  if (datagram.size() > kLongestPcp || datagram.size() % 4 != 0) return std::nullopt; // RFC 6887 8.3
  ByteReader in{datagram};
  if (in.u8() != kPcpVersion || in.u8() != (kAnswer | kPcpMap) || !in.u8()) return std::nullopt;
  PcpAnswer answer;
  const auto result = in.u8();
  const auto lifetime = in.u32();
  const auto epoch = in.u32();
  const auto reserved = in.bytes(12);
  const auto nonce = in.bytes(answer.port.nonce.size());
  const auto protocol = in.u8();
  const auto reservedToo = in.bytes(3);
  const auto here = in.u16();
  const auto outsidePort = in.u16();
  const auto outside = readAddress(in);
  if (!reserved || !reservedToo || !outside || !isProtocol(*protocol)) return std::nullopt;
  answer.result = *result;
  answer.lifetime = *lifetime;
  answer.epoch = *epoch;
  std::ranges::copy(*nonce, answer.port.nonce.begin());
  answer.port.protocol = static_cast<Protocol>(*protocol);
  answer.port.number = *here;
  answer.outsidePort = *outsidePort;
  answer.outside = *outside;
  return answer;
}

bool isUnknownVersion(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  const auto version = in.u8();
  const auto opcode = in.u8();
  const auto high = in.u8();
  const auto low = in.u8();
  if (!low || (*opcode & kAnswer) == 0) return false;
  const bool isNatPmp = version == kNatPmpVersion; // RFC 6887 9: its result has 16 bits
  return *low == kUnsupportedVersion && (!isNatPmp || *high == 0);
}

std::optional<NatPmpAnswer> readNatPmpAnswer(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  if (in.u8() != kNatPmpVersion) return std::nullopt;
  const auto opcode = in.u8();
  const auto result = in.u16();
  const auto epoch = in.u32();
  if (!epoch || (*opcode & kAnswer) == 0) return std::nullopt;
  NatPmpAnswer answer{*result, *epoch, {}, {}};
  const auto kind = static_cast<std::uint8_t>(*opcode & ~kAnswer);
  if (*result != 0 && in.atEnd()) return answer;
  if (kind == kNatPmpUdp || kind == kNatPmpTcp)
    answer.mapped = readMapped(in, kind == kNatPmpUdp ? Protocol::udp : Protocol::tcp);
  if (const auto raw = in.bytes(kind == kNatPmpAddress ? 4 : 0); raw && !raw->empty())
    answer.outside =
      IpAddress::v4({std::to_integer<std::uint8_t>((*raw)[0]), std::to_integer<std::uint8_t>((*raw)[1]),
                     std::to_integer<std::uint8_t>((*raw)[2]), std::to_integer<std::uint8_t>((*raw)[3])});
  if (!answer.mapped && !answer.outside) return std::nullopt;
  return answer;
}

} // namespace tutti::net::routers
