#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>

namespace tutti::discovery {

/// The router through which this machine gets to everybody far, and our address in its network. IPv4.
struct Gateway {
  IpAddress address;
  IpAddress own;
  friend bool operator==(const Gateway&, const Gateway&) = default;
};

/// As the system tells it now; nothing where there is none. One file per system.
std::optional<Gateway> defaultGateway();

/// That of the best default route in a table as Linux writes it (`/proc/net/route`); nothing without one, or
/// where its interface has no address in the gateway's network.
std::optional<Gateway> gatewayIn(std::string_view table, const std::vector<LocalAddress>& local);

} // namespace tutti::discovery
