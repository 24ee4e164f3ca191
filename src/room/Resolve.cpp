#include "Resolve.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>

namespace tutti::room {

std::vector<IpAddress> addressesOf(const std::string& host)
{
  if (const auto address = IpAddress::parse(host)) return {*address};
  addrinfo wish{};
  wish.ai_socktype = SOCK_DGRAM;
  addrinfo* first = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wish, &first) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{first, &::freeaddrinfo};
  std::vector<IpAddress> found;
  for (const auto* entry = first; entry != nullptr; entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
      continue;
    const auto address = IpAddress::parse(text.data());
    const bool isNew =
      address && std::ranges::find(found, address->family(), &IpAddress::family) == found.end();
    if (isNew) found.push_back(*address);
  }
  std::ranges::sort(found, {}, &IpAddress::family);
  return found;
}

std::vector<discovery::LocalAddress> localAddresses(const std::vector<std::string>& names)
{
  auto all = discovery::localAddresses();
  if (!names.empty())
    std::erase_if(all, [&names](const auto& local) {
      return std::ranges::find(names, local.interfaceName) == names.end();
    });
  return all;
}

} // namespace tutti::room
