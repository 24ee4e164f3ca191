#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/ByteString.hpp>
#include <tutti/net/PortMapping.hpp>

/// What is said to a router and what it says, byte by byte.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  version = 2  |R|   opcode    |    reserved   |  result (R=1) |  PCP (RFC 6887 7, 11.1)
///     |                       lifetime in seconds                     |
///     |       who asks (16)   R=1: the router's clock (4), reserved   |
///     |                            nonce (12)                         |
///     |    protocol   |                 reserved (24)                 |
///     |         port here             |         port outside          |
///     |                        address outside (16)                   |
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  version = 0  |R|   opcode    | reserved, or result (R=1)     |  NAT-PMP (RFC 6886 3.3)
///     |               R=1: the router's clock in seconds              |
///     |         port here             |         port outside          |
///     |                       lifetime in seconds                     |
namespace tutti::net::routers {

/// A port to be opened, or, with a lifetime of zero, closed.
struct MapQuestion {
  PortMapping::Port port;
  std::uint16_t outsidePort = 0; ///< wished for
  IpAddress outside;             ///< had before; nothing: 0.0.0.0
  std::uint32_t lifetime = 0;
};

ByteString pcpMap(const MapQuestion& question, const IpAddress& own);
ByteString natPmpMap(const MapQuestion& question);
ByteString natPmpAddress();

struct PcpAnswer {
  std::uint8_t result = 0;
  std::uint32_t lifetime = 0;
  std::uint32_t epoch = 0;
  PortMapping::Port port;
  std::uint16_t outsidePort = 0;
  IpAddress outside; ///< IPv6 where it is not IPv4 in disguise
};
/// Nothing for what is no whole answer to a MAP question in version 2.
std::optional<PcpAnswer> readPcpAnswer(std::span<const std::byte> datagram);

/// Whether it says that it does not speak PCP as we do.
bool isUnknownVersion(std::span<const std::byte> datagram);

struct NatPmpAnswer {
  std::uint16_t result = 0;
  std::uint32_t epoch = 0;
  struct Mapped {
    PortMapping::Protocol protocol = PortMapping::Protocol::udp;
    std::uint16_t number = 0;
    std::uint16_t outsidePort = 0;
    std::uint32_t lifetime = 0;
    friend bool operator==(const Mapped&, const Mapped&) = default;
  };
  std::optional<Mapped> mapped;     ///< of what was asked for a port
  std::optional<IpAddress> outside; ///< of what was asked for the address
  friend bool operator==(const NatPmpAnswer&, const NatPmpAnswer&) = default;
};
/// Nothing for what is no whole answer. A refusal may be of eight bytes, and then says not of what.
std::optional<NatPmpAnswer> readNatPmpAnswer(std::span<const std::byte> datagram);

} // namespace tutti::net::routers
