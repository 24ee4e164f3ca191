#pragma once

#include <algorithm>

#include <tutti/core/Endpoint.hpp>

namespace tutti::serve {

/// Where somebody comes from, as far as counting goes: an IPv4 address, or the /64 of an IPv6 one, of which
/// each household has 2^64.
inline IpAddress sourceOf(const IpAddress& address)
{
  if (address.isV4()) return address;
  auto bytes = address.bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return IpAddress::v6(bytes);
}

} // namespace tutti::serve
