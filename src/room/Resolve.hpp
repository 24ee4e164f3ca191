#pragma once

#include <string>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>

namespace tutti::room {

/// The addresses of a host: one of each family that it has, IPv4 before IPv6. Asks the name service where it
/// is a name, and waits for it.
std::vector<IpAddress> addressesOf(const std::string& host);

/// Those of the interfaces in `names`, unless that is empty.
std::vector<discovery::LocalAddress> localAddresses(const std::vector<std::string>& names);

} // namespace tutti::room
