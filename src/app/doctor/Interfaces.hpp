#pragma once

#include <string>
#include <vector>

#include <tutti/core/Endpoint.hpp>

#include "Finding.hpp"

namespace tutti::app {

/// A network interface as a musician's question: can others be met there?
struct InterfaceFacts {
  std::string name;
  bool isUp = false;
  bool isRunning = false; ///< Cable in, or Wi-Fi joined.
  bool isLoopback = false;
  bool isWireless = false;
  std::vector<IpAddress> used; ///< The addresses on which Tutti takes part.
};

/// All there are, in the system's order.
std::vector<InterfaceFacts> probeInterfaces();

Findings judge(const std::vector<InterfaceFacts>& interfaces);

} // namespace tutti::app
