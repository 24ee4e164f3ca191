#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <tutti/discovery/Gateway.hpp>
#include <tutti/net/PortMapping.hpp>

/// Ports of ours that the router opens by UPnP (Internet Gateway Device). Only the gateway itself is asked,
/// whoever else in the network says that it is one.
///
/// Threads: any; waits, some seconds where all is well, for ever where the router talks without end.
namespace tutti::serve::upnp {

/// What a router has opened.
struct Grant {
  std::string controlUrl;
  std::string service;
  net::PortMapping::Opened opened;
  std::vector<net::PortMapping::Port> ports; ///< as they were wished for
};
using Answer = tl::expected<Grant, net::PortMapping::Why>;

/// For two hours; to be asked again before.
Answer open(const discovery::Gateway& gateway, const std::vector<net::PortMapping::Port>& ports);
void close(const Grant& grant);

/// Whether a device's description, or what it wants to be asked at, is on that machine.
[[nodiscard]] bool isAt(const IpAddress& machine, std::string_view url);

} // namespace tutti::serve::upnp
