#pragma once

#include <tutti/core/Endpoint.hpp>

namespace tutti::discovery {

/// Without it Linux hands each packet of a group to every socket on the port, whichever interface they joined
/// on: a machine with three gateways would hear everything three times.
void hearOnlyOwnGroups(int socket, IpAddress::Family family);

} // namespace tutti::discovery
