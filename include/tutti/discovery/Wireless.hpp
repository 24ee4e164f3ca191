#pragma once

#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>

namespace tutti::discovery {

/// Whether an interface sends through the air. One file per system.
bool isWireless(const std::string& interfaceName);

/// The interface through which this machine would send there: asked of the routing table, nothing is sent.
/// Nothing where there is no way.
std::optional<std::string> interfaceTowards(const IpAddress& destination);

/// The way there goes through the air; without a destination: the way to anywhere far.
bool isWayWireless(const std::optional<IpAddress>& destination);

} // namespace tutti::discovery
