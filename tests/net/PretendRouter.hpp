#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/net/PortMapping.hpp>

#include "PortMappingWire.hpp"

namespace tutti::test {

/// A home router that opens ports, as it is asked.
class PretendRouter {
public:
  enum class Speaks { nothing, natPmp, pcp };
  using Protocol = net::PortMapping::Protocol;

  Speaks speaks = Speaks::pcp;
  std::uint8_t result = 0;
  std::uint32_t lifetime = 7200;
  std::uint16_t shift = 0; ///< what is open outside is so much higher than what was wished for
  IpAddress outside = IpAddress::v4({203, 0, 113, 7});
  HostTime startedAt{};
  std::map<std::pair<Protocol, std::uint16_t>, std::uint16_t> open; ///< here → outside

  std::optional<ByteString> answer(std::span<const std::byte> question, HostTime now)
  {
    ++questions;
    ByteReader in{question};
    const auto version = in.u8();
    const auto opcode = in.u8();
    if (speaks == Speaks::nothing) return std::nullopt;
    if (speaks == Speaks::natPmp && version != 0) return natPmpHead(*opcode, 1, now);
    return version == 0 ? natPmp(question, now) : pcp(question, now);
  }

  int questions = 0;

private:
  [[nodiscard]] std::uint32_t epoch(HostTime now) const
  {
    return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now - startedAt).count());
  }

  [[nodiscard]] ByteString natPmpHead(std::uint8_t opcode, std::uint16_t code, HostTime now) const
  {
    ByteString bytes;
    ByteStringWriter out{bytes};
    out.u8(0);
    out.u8(opcode | 0x80U);
    out.u16(code);
    out.u32(epoch(now));
    return bytes;
  }

  std::uint16_t map(Protocol protocol, std::uint16_t here, std::uint16_t wished, std::uint32_t seconds)
  {
    if (seconds == 0) open.erase({protocol, here});
    if (seconds == 0 || result != 0) return 0;
    return open[{protocol, here}] = static_cast<std::uint16_t>(wished + shift);
  }

  ByteString natPmp(std::span<const std::byte> question, HostTime now)
  {
    ByteReader in{question.subspan(1)};
    const auto opcode = *in.u8();
    auto bytes = natPmpHead(opcode, result, now);
    ByteStringWriter out{bytes};
    if (opcode == 0) {
      out.bytes(std::as_bytes(std::span{outside.bytes()}).first(4));
      return bytes;
    }
    in.u16();
    const auto here = *in.u16();
    const auto wished = *in.u16();
    const auto seconds = *in.u32();
    out.u16(here);
    out.u16(map(opcode == 1 ? Protocol::udp : Protocol::tcp, here, wished, seconds));
    out.u32(seconds == 0 ? 0 : lifetime);
    return bytes;
  }

  ByteString pcp(std::span<const std::byte> question, HostTime now)
  {
    ByteReader in{question.subspan(4)};
    const auto seconds = *in.u32();
    in.bytes(16);
    const auto rest = *in.bytes(12);
    const auto protocol = static_cast<Protocol>(*in.u8());
    in.bytes(3);
    const auto here = *in.u16();
    const auto wished = *in.u16();
    ByteString bytes;
    ByteStringWriter out{bytes};
    out.u32(0x02810000U | result);
    out.u32(seconds == 0 ? 0 : lifetime);
    out.u32(epoch(now));
    out.bytes(std::vector<std::byte>(12));
    out.bytes(rest);
    out.u32(static_cast<std::uint32_t>(protocol) << 24U);
    out.u16(here);
    out.u16(map(protocol, here, wished, seconds));
    out.bytes(std::vector<std::byte>(10));
    out.u16(0xffff);
    out.bytes(std::as_bytes(std::span{outside.bytes()}).first(4));
    return bytes;
  }
};

} // namespace tutti::test
