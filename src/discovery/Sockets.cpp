#include <tutti/discovery/Sockets.hpp>

#include <asio/ip/multicast.hpp>
#include <asio/ip/v6_only.hpp>
#include <fmt/format.h>

#include <tutti/discovery/AsioEndpoint.hpp>

#include "MulticastOptions.hpp"

namespace tutti::discovery {
namespace {

using asio::ip::udp;
namespace multicast = asio::ip::multicast;

udp protocolOf(const LocalAddress& gateway)
{
  return gateway.address.isV4() ? udp::v4() : udp::v6();
}

void sendGroupsBy(udp::socket& socket, const LocalAddress& gateway)
{
  if (gateway.address.isV4())
    socket.set_option(multicast::outbound_interface{toAsio(gateway.address).to_v4()});
  else
    socket.set_option(multicast::outbound_interface{gateway.interfaceIndex});
  // Programs on this very machine meet on the loopback interface, and only there.
  socket.set_option(multicast::enable_loopback{gateway.isLoopback()});
}

void join(udp::socket& socket, const LocalAddress& gateway, const IpAddress& group)
{
  if (gateway.address.isV4())
    socket.set_option(multicast::join_group{toAsio(group).to_v4(), toAsio(gateway.address).to_v4()});
  else
    socket.set_option(multicast::join_group{toAsio(group).to_v6(), gateway.interfaceIndex});
}

tl::unexpected<Error> sentence(const std::system_error& error, const LocalAddress& gateway,
                               std::uint16_t port)
{
  if (error.code() == asio::error::address_in_use)
    return failure(ErrorKind::refused,
                   fmt::format("Another program keeps UDP port {} to itself, so no one can be found on {}. "
                               "Close it; Tutti tries again by itself.",
                               port, gateway.interfaceName));
  return failure(ErrorKind::unavailable, fmt::format("{} ({}) cannot be used: {}.", gateway.interfaceName,
                                                     gateway.address.text(), error.code().message()));
}

} // namespace

Result<udp::socket> openGroupSocket(asio::io_context& context, const LocalAddress& gateway,
                                    const Endpoint& group)
{
  try {
    udp::socket socket{context, protocolOf(gateway)};
    socket.set_option(udp::socket::reuse_address{true});
    if (!gateway.address.isV4()) socket.set_option(asio::ip::v6_only{true});
    hearOnlyOwnGroups(socket.native_handle(), gateway.address.family());
    socket.bind(udp::endpoint{protocolOf(gateway), group.port});
    join(socket, gateway, group.address);
    socket.non_blocking(true);
    return socket;
  } catch (const std::system_error& error) {
    return sentence(error, gateway, group.port);
  }
}

Result<udp::socket> openOwnSocket(asio::io_context& context, const LocalAddress& gateway)
{
  try {
    udp::socket socket{context, protocolOf(gateway)};
    socket.bind(toAsio(Endpoint{gateway.address, 0}));
    sendGroupsBy(socket, gateway);
    socket.non_blocking(true);
    return socket;
  } catch (const std::system_error& error) {
    return sentence(error, gateway, 0);
  }
}

} // namespace tutti::discovery
