#pragma once

#include <algorithm>
#include <string_view>

#include <tutti/core/Endpoint.hpp>

namespace tutti::serve {

/// The other end of a socket by its name, also where IPv4 comes in through an IPv6 socket.
inline IpAddress addressNamed(std::string_view text)
{
  constexpr std::string_view kMapped = "::ffff:";
  if (text.starts_with(kMapped))
    if (const auto inner = IpAddress::parse(text.substr(kMapped.size())); inner && inner->isV4())
      return *inner;
  return IpAddress::parse(text.substr(0, text.find('%'))).value_or(IpAddress{});
}

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
