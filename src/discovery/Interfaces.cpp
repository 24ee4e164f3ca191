#include <tutti/discovery/Interfaces.hpp>

#include <algorithm>
#include <iterator>

namespace tutti::discovery {

std::vector<LocalAddress> linkAddresses(const std::vector<LocalAddress>& all,
                                        const std::vector<std::string>& names)
{
  std::vector<LocalAddress> chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen), [&](const LocalAddress& local) {
    const bool isWanted = names.empty() || std::ranges::find(names, local.interfaceName) != names.end();
    return isWanted && (local.address.isV4() || local.address.isLinkLocal());
  });
  std::ranges::sort(chosen);
  const auto repeated = std::ranges::unique(chosen, {}, &LocalAddress::address);
  chosen.erase(repeated.begin(), repeated.end());
  return chosen;
}

AddressChanges addressChanges(const std::vector<LocalAddress>& before, const std::vector<LocalAddress>& now)
{
  AddressChanges changes;
  std::ranges::set_difference(now, before, std::back_inserter(changes.added));
  std::ranges::set_difference(before, now, std::back_inserter(changes.removed));
  return changes;
}

} // namespace tutti::discovery
