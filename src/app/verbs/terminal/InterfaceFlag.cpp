#include "InterfaceFlag.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <net/if.h>

#include "Arguments.hpp"

namespace tutti::app {
namespace {

/// All there are, also those that are down.
std::vector<std::string> interfaceNames()
{
  std::vector<std::string> names;
  auto* all = ::if_nameindex();
  if (all == nullptr) return names;
  for (const auto* entry = all; entry->if_index != 0; ++entry) names.emplace_back(entry->if_name);
  ::if_freenameindex(all);
  return names;
}

void addFlag(CLI::App& verb, const char* description, std::vector<std::string>& interfaces)
{
  constexpr auto kFlag = "--interface";
  const auto read = [&interfaces](const std::vector<std::string>& names) {
    orUsageError(kFlag, checkInterfaces(names, interfaceNames()));
    interfaces = names;
  };
  verb.add_option_function<std::vector<std::string>>(kFlag, read, description)
    ->type_name("NAME")
    ->allow_extra_args(false);
}

} // namespace

void addInterfaceFlag(CLI::App& verb, std::vector<std::string>& interfaces)
{
  addFlag(verb, "Only this network interface; repeatable (all)", interfaces);
}

void addLinkInterfaceFlag(CLI::App& verb, std::vector<std::string>& interfaces)
{
  addFlag(verb, "Only Link programs on this network interface, and on this machine; repeatable (all)",
          interfaces);
}

std::vector<std::string> withLoopback(std::vector<std::string> interfaces)
{
  const bool isThere = std::ranges::find(interfaces, "lo") != interfaces.end();
  if (!interfaces.empty() && !isThere) interfaces.emplace_back("lo");
  return interfaces;
}

Result<void> checkInterfaces(const std::vector<std::string>& wanted, const std::vector<std::string>& existing)
{
  const auto isMissing = [&](const auto& name) {
    return std::ranges::find(existing, name) == existing.end();
  };
  const auto missing = std::ranges::find_if(wanted, isMissing);
  if (missing == wanted.end()) return {};
  return failure(ErrorKind::malformed, fmt::format("there is no '{}' on this machine; there is: {}", *missing,
                                                   fmt::join(existing, ", ")));
}

} // namespace tutti::app
