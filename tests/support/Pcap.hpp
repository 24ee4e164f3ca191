#pragma once

#include <chrono>
#include <optional>

#include <Fixtures.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/Endpoint.hpp>

/// A small reader of capture files: Ethernet, Linux "cooked" captures of both kinds, UDP over IPv4 and IPv6.
namespace tutti::test {

struct CapturedDatagram {
  std::chrono::microseconds at{0}; ///< Since the first packet of the file.
  Endpoint from;
  Endpoint to;
  Bytes payload;
};

namespace pcap {

using View = std::span<const std::byte>;

inline std::uint64_t field(View bytes, std::size_t offset, std::size_t size)
{
  if (offset + size > bytes.size()) throw std::runtime_error{"a cut capture"};
  std::uint64_t value = 0;
  for (const auto byte : bytes.subspan(offset, size)) value = value << 8U | std::to_integer<unsigned>(byte);
  return value;
}

/// The file's own fields are little-endian, as written on the machines we capture on.
inline std::uint32_t fileField(View bytes, std::size_t offset)
{
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;)
    value = value << 8U | static_cast<std::uint32_t>(field(bytes, offset + i, 1));
  return value;
}

struct NetworkPacket {
  std::uint64_t etherType = 0;
  View bytes;
};

inline NetworkPacket unframed(View frame, std::uint32_t linkType)
{
  switch (linkType) {
  case 1: // Ethernet
    return {field(frame, 12, 2), frame.subspan(14)};
  case 113: // Linux cooked
    return {field(frame, 14, 2), frame.subspan(16)};
  case 276: // Linux cooked, version 2
    return {field(frame, 0, 2), frame.subspan(20)};
  default:
    throw std::runtime_error{"a capture of an unknown kind of link"};
  }
}

template <std::size_t Size> std::array<std::uint8_t, Size> addressAt(View packet, std::size_t offset)
{
  std::array<std::uint8_t, Size> address{};
  for (std::size_t i = 0; i < Size; ++i) address[i] = static_cast<std::uint8_t>(field(packet, offset + i, 1));
  return address;
}

/// Nothing for what is not UDP.
inline std::optional<CapturedDatagram> udpOf(const NetworkPacket& packet)
{
  constexpr std::uint64_t kIpv4 = 0x0800;
  constexpr std::uint64_t kIpv6 = 0x86dd;
  constexpr std::uint64_t kUdp = 17;
  CapturedDatagram datagram;
  std::size_t headerSize = 40;
  if (packet.etherType == kIpv4 && field(packet.bytes, 9, 1) == kUdp) {
    headerSize = (field(packet.bytes, 0, 1) & 0xfU) * 4;
    datagram.from.address = IpAddress::v4(addressAt<4>(packet.bytes, 12));
    datagram.to.address = IpAddress::v4(addressAt<4>(packet.bytes, 16));
  } else if (packet.etherType == kIpv6 && field(packet.bytes, 6, 1) == kUdp) {
    datagram.from.address = IpAddress::v6(addressAt<16>(packet.bytes, 8));
    datagram.to.address = IpAddress::v6(addressAt<16>(packet.bytes, 24));
  } else
    return std::nullopt;
  const auto udp = packet.bytes.subspan(headerSize);
  datagram.from.port = static_cast<std::uint16_t>(field(udp, 0, 2));
  datagram.to.port = static_cast<std::uint16_t>(field(udp, 2, 2));
  datagram.payload = copyOf(udp.subspan(8, field(udp, 4, 2) - 8));
  return datagram;
}

} // namespace pcap

/// All UDP datagrams of a `*.pcap` file, in order.
inline std::vector<CapturedDatagram> captureFixture(const std::string& name)
{
  auto in = openFixture(name);
  const std::string content{std::istreambuf_iterator<char>{in}, {}};
  auto rest = std::as_bytes(std::span{content});
  if (pcap::fileField(rest, 0) != 0xa1b2c3d4U) throw std::runtime_error{name + " is no capture"};
  const auto linkType = pcap::fileField(rest, 20);
  rest = rest.subspan(24);

  std::vector<CapturedDatagram> datagrams;
  std::optional<std::chrono::microseconds> start;
  while (!rest.empty()) {
    const std::chrono::microseconds at{std::uint64_t{pcap::fileField(rest, 0)} * 1'000'000 +
                                       pcap::fileField(rest, 4)};
    const auto size = pcap::fileField(rest, 8);
    auto datagram = pcap::udpOf(pcap::unframed(rest.subspan(16, size), linkType));
    rest = rest.subspan(16 + size);
    if (!start) start = at;
    if (!datagram) continue;
    datagram->at = at - *start;
    datagrams.push_back(std::move(*datagram));
  }
  return datagrams;
}

} // namespace tutti::test
