#pragma once

#include <algorithm>
#include <optional>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/ShortText.hpp>

/// Fields that several messages of a room have in common.
namespace tutti::room {

/// Bytes of a fixed number.
template <class Array> std::optional<Array> readArray(ByteReader& in)
{
  Array array{};
  const auto bytes = in.bytes(array.size());
  if (!bytes) return std::nullopt;
  std::ranges::copy(*bytes, array.begin());
  return array;
}

/// 4 or 6, the address, the port. The scope stays at home: it means nothing on another machine.
inline void writeEndpoint(ByteStringWriter& out, const Endpoint& endpoint)
{
  const bool isV4 = endpoint.address.isV4();
  out.u8(isV4 ? 4 : 6);
  out.bytes(std::as_bytes(std::span{endpoint.address.bytes()}).first(isV4 ? 4 : 16));
  out.u16(endpoint.port);
}

inline std::optional<Endpoint> readEndpoint(ByteReader& in)
{
  const auto family = in.u8();
  if (family != 4 && family != 6) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  const auto raw = in.bytes(family == 4 ? 4 : 16);
  const auto port = in.u16();
  if (!raw || !port) return std::nullopt;
  for (std::size_t i = 0; i < raw->size(); ++i) bytes[i] = std::to_integer<std::uint8_t>((*raw)[i]);
  if (family == 6) return Endpoint{IpAddress::v6(bytes), *port};
  return Endpoint{IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]}), *port};
}

} // namespace tutti::room
