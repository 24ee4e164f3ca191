// Where Linux tells by which router it reaches the world: /proc/net/route, a line for each IPv4 route.
#include <tutti/discovery/Gateway.hpp>

#include <bit>
#include <charconv>
#include <fstream>
#include <limits>
#include <net/route.h>
#include <sstream>
#include <string>

namespace tutti::discovery {
namespace {

struct Route {
  std::string interfaceName;
  std::uint32_t destination = 0, gateway = 0, flags = 0, metric = 0, mask = 0;
};

bool readHex(const std::string& word, std::uint32_t& into)
{
  const auto* end = word.data() + word.size();
  const auto [read, error] = std::from_chars(word.data(), end, into, 16);
  return error == std::errc{} && read == end;
}

/// "eth0 00000000 0101A8C0 0003 0 0 100 00000000 …"; not so the heading.
std::optional<Route> routeIn(const std::string& line)
{
  std::istringstream words{line};
  std::string destination, gateway, flags, references, uses, metric, mask;
  Route route;
  words >> route.interfaceName >> destination >> gateway >> flags >> references >> uses >> metric >> mask;
  const auto* end = metric.data() + metric.size();
  const bool isWhole = words && readHex(destination, route.destination) && readHex(gateway, route.gateway) &&
                       readHex(flags, route.flags) && readHex(mask, route.mask) &&
                       std::from_chars(metric.data(), end, route.metric).ptr == end;
  if (!isWhole) return std::nullopt;
  return route;
}

bool leadsEverywhere(const Route& route)
{
  constexpr std::uint32_t kWanted = RTF_UP | RTF_GATEWAY;
  return route.destination == 0 && route.mask == 0 && (route.flags & kWanted) == kWanted &&
         route.gateway != 0;
}

/// The kernel writes the four bytes as one number of this machine's kind.
IpAddress addressOf(std::uint32_t raw)
{
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 4>>(raw);
  return IpAddress::v4(bytes);
}

} // namespace

std::optional<Gateway> gatewayIn(std::string_view table, const std::vector<LocalAddress>& local)
{
  std::optional<Gateway> best;
  auto leastMetric = std::numeric_limits<std::uint32_t>::max();
  std::istringstream lines{std::string{table}};
  for (std::string line; std::getline(lines, line);) {
    const auto route = routeIn(line);
    if (!route || !leadsEverywhere(*route) || (best && route->metric >= leastMetric)) continue;
    const auto address = addressOf(route->gateway);
    for (const auto& ours : local)
      if (ours.interfaceName == route->interfaceName && ours.isOnLink(address)) {
        best = Gateway{address, ours.address};
        leastMetric = route->metric;
        break;
      }
  }
  return best;
}

std::optional<Gateway> defaultGateway()
{
  std::ifstream file{"/proc/thread-self/net/route"}; // the network of this thread, as sockets see it
  std::ostringstream table;
  table << file.rdbuf();
  return gatewayIn(table.str(), localAddresses());
}

} // namespace tutti::discovery
