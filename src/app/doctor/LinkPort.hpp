#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>

#include "Finding.hpp"

namespace tutti::app {

constexpr std::uint16_t kLinkPort = 20808; // spec link 1

/// 224.76.78.75 or ff12::8080. Spec: link 1.
constexpr IpAddress linkGroup(IpAddress::Family family)
{
  if (family == IpAddress::Family::v4) return IpAddress::v4({224, 76, 78, 75});
  return IpAddress::v6({0xff, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x80});
}

/// Another program that has the port open.
struct PortHolder {
  std::string program;
  int processId = 0;

  friend auto operator<=>(const PortHolder&, const PortHolder&) = default;
};

/// Whether the port that all Link programs share can be shared.
struct LinkPortFacts {
  enum class Outcome { shared, taken, failed, untried };
  std::uint16_t port = kLinkPort;
  Outcome outcome = Outcome::untried;
  std::string reason;              ///< With `failed`.
  std::vector<PortHolder> holders; ///< As far as we may know.
};

/// Opens it on each address for a moment.
LinkPortFacts probeLinkPort(std::uint16_t port, const std::vector<discovery::LocalAddress>& addresses);

/// Programs that have this UDP port open; those of other users only for root.
std::vector<PortHolder> portHolders(std::uint16_t port);

/// The socket inodes on a local port, from the text of /proc/net/udp or udp6.
std::vector<std::string> socketInodes(std::string_view table, std::uint16_t port);

Findings judge(const LinkPortFacts& facts);

} // namespace tutti::app
