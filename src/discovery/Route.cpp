#include <algorithm>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/discovery/Wireless.hpp>

namespace tutti::discovery {
namespace {

constexpr std::uint16_t kAnyPort = 9; // nothing is sent to it

/// RFC 5737: belongs to nobody, so the way to it is the way to everybody far.
constexpr auto kFarAway = IpAddress::v4({192, 0, 2, 1});

/// Connecting a UDP socket makes the kernel choose our address, and sends nothing.
std::optional<IpAddress> ownAddressTowards(const IpAddress& destination)
{
  asio::io_context context;
  asio::ip::udp::socket socket{context};
  asio::error_code error;
  socket.connect(toAsio({destination, kAnyPort}), error); // opens it as well
  if (error) return std::nullopt;
  const auto local = socket.local_endpoint(error);
  if (error) return std::nullopt;
  return fromAsio(local).address;
}

/// A network that leads nowhere else has no way to far away.
bool isEverythingWireless()
{
  auto all = localAddresses();
  std::erase_if(all, [](const LocalAddress& local) { return local.isLoopback(); });
  return !all.empty() &&
         std::ranges::all_of(all, [](const LocalAddress& local) { return isWireless(local.interfaceName); });
}

} // namespace

std::optional<std::string> interfaceTowards(const IpAddress& destination)
{
  const auto own = ownAddressTowards(destination);
  if (!own) return std::nullopt;
  for (const auto& local : localAddresses())
    if (local.address.withScope(0) == own->withScope(0) &&
        (destination.scope() == 0 || local.interfaceIndex == destination.scope()))
      return local.interfaceName;
  return std::nullopt;
}

bool isWayWireless(const std::optional<IpAddress>& destination)
{
  const auto interface = interfaceTowards(destination.value_or(kFarAway));
  return interface ? isWireless(*interface) : isEverythingWireless();
}

} // namespace tutti::discovery
