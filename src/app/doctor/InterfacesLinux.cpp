#include "Interfaces.hpp"

#include <algorithm>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>

#include <tutti/discovery/Interfaces.hpp>
#include <tutti/discovery/Wireless.hpp>

namespace tutti::app {
namespace {

InterfaceFacts factsOf(const ifaddrs& entry)
{
  InterfaceFacts facts;
  facts.name = entry.ifa_name;
  facts.isUp = (entry.ifa_flags & IFF_UP) != 0;
  facts.isRunning = (entry.ifa_flags & IFF_RUNNING) != 0;
  facts.isLoopback = (entry.ifa_flags & IFF_LOOPBACK) != 0;
  facts.isWireless = discovery::isWireless(facts.name);
  return facts;
}

} // namespace

std::vector<InterfaceFacts> probeInterfaces()
{
  std::vector<InterfaceFacts> found;
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return found;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner{first, &::freeifaddrs};
  for (const auto* entry = first; entry != nullptr; entry = entry->ifa_next) // one entry for each address
    if (std::ranges::find(found, entry->ifa_name, &InterfaceFacts::name) == found.end())
      found.push_back(factsOf(*entry));
  for (const auto& local : discovery::linkAddresses(discovery::localAddresses(), {})) {
    const auto interface = std::ranges::find(found, local.interfaceName, &InterfaceFacts::name);
    if (interface != found.end()) interface->used.push_back(local.address);
  }
  return found;
}

} // namespace tutti::app
