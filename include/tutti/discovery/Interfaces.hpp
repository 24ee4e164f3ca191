#pragma once

#include <string>
#include <tuple>
#include <vector>

#include <tutti/core/Endpoint.hpp>

namespace tutti::discovery {

/// One address of one network interface that is up and running.
struct LocalAddress {
  std::string interfaceName;
  unsigned interfaceIndex = 0;
  IpAddress address; ///< IPv6 with its scope.
  unsigned prefixBits = 0;

  [[nodiscard]] bool isLoopback() const { return address.isLoopback(); }

  /// Whether `source` lives on this very link: whom we answer.
  [[nodiscard]] bool isOnLink(const IpAddress& source) const
  {
    return address.sharesPrefix(source, prefixBits);
  }

  /// By address first: the order in which Link chooses.
  friend auto operator<=>(const LocalAddress& a, const LocalAddress& b)
  {
    return std::tie(a.address, a.interfaceIndex, a.prefixBits) <=>
           std::tie(b.address, b.interfaceIndex, b.prefixBits);
  }
  friend bool operator==(const LocalAddress& a, const LocalAddress& b) { return (a <=> b) == 0; }
};

/// All addresses of all interfaces that are up and running, as the system tells them now.
std::vector<LocalAddress> localAddresses();

/// Those on which Link takes part: every IPv4 address, and link-local IPv6 but for loopback; sorted, each
/// once. Only of the interfaces in `names`, unless that is empty.
///
/// Spec: link 2.2. An interface with IPv6 only is used as well.
std::vector<LocalAddress> linkAddresses(const std::vector<LocalAddress>& all,
                                        const std::vector<std::string>& names);

/// What came and what went between two scans. Both sorted. An address that moved to another interface, also
/// to a replugged one of the same name, both went and came: sockets stay with the interface they joined on.
struct AddressChanges {
  std::vector<LocalAddress> added;
  std::vector<LocalAddress> removed;
};
AddressChanges addressChanges(const std::vector<LocalAddress>& before, const std::vector<LocalAddress>& now);

} // namespace tutti::discovery
