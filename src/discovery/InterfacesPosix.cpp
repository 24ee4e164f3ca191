// getifaddrs, as Linux, macOS and the BSDs have it. Windows gets a file of its own beside it.
#include <tutti/discovery/Interfaces.hpp>

#include <array>
#include <bit>
#include <cstring>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>
#include <optional>

namespace tutti::discovery {
namespace {

template <class Socket> Socket as(const sockaddr* address)
{
  Socket copy{};
  std::memcpy(&copy, address, sizeof copy);
  return copy;
}

std::optional<IpAddress> toIpAddress(const sockaddr* address, unsigned interfaceIndex)
{
  if (address->sa_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    const auto inet = as<sockaddr_in>(address);
    std::memcpy(bytes.data(), &inet.sin_addr, bytes.size());
    return IpAddress::v4(bytes);
  }
  if (address->sa_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes{};
    const auto inet = as<sockaddr_in6>(address);
    std::memcpy(bytes.data(), &inet.sin6_addr, bytes.size());
    const auto plain = IpAddress::v6(bytes);
    return plain.isLinkLocal() ? plain.withScope(interfaceIndex) : plain;
  }
  return std::nullopt;
}

unsigned prefixOf(const sockaddr* netmask, IpAddress::Family family)
{
  // Some systems leave sa_family of a netmask empty, so the address's own family decides.
  std::array<std::uint8_t, 16> mask{};
  if (family == IpAddress::Family::v4) {
    const auto inet = as<sockaddr_in>(netmask);
    std::memcpy(mask.data(), &inet.sin_addr, 4);
  } else {
    const auto inet = as<sockaddr_in6>(netmask);
    std::memcpy(mask.data(), &inet.sin6_addr, 16);
  }
  unsigned bits = 0;
  for (const auto byte : mask) bits += static_cast<unsigned>(std::popcount(byte));
  return bits;
}

} // namespace

std::vector<LocalAddress> localAddresses()
{
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner{first, &freeifaddrs};

  std::vector<LocalAddress> found;
  for (const auto* entry = first; entry != nullptr; entry = entry->ifa_next) {
    const bool isUsable = (entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_RUNNING) != 0;
    if (!isUsable || entry->ifa_addr == nullptr || entry->ifa_netmask == nullptr) continue;
    const auto index = if_nametoindex(entry->ifa_name);
    const auto address = toIpAddress(entry->ifa_addr, index);
    if (!address) continue;
    found.push_back({entry->ifa_name, index, *address, prefixOf(entry->ifa_netmask, address->family())});
  }
  return found;
}

} // namespace tutti::discovery
