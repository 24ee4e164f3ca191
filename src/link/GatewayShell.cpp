#include "GatewayShell.hpp"

#include <chrono>

#include <asio/basic_waitable_timer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include <tutti/core/Log.hpp>
#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>

namespace tutti::link {
namespace {

using asio::experimental::as_tuple;
using asio::ip::udp;

constexpr std::uint16_t kPort = 20808; // spec link 1
constexpr int kWornAfter = 5;
constexpr std::chrono::milliseconds kBreath{
  10}; // between failing receives: an error must not become a busy loop

Endpoint groupOf(const discovery::LocalAddress& local)
{
  if (local.address.isV4()) return {IpAddress::v4({224, 76, 78, 75}), kPort};
  return {IpAddress::v6({0xff, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x80}, local.interfaceIndex),
          kPort};
}

} // namespace

Result<std::shared_ptr<GatewayShell>> GatewayShell::open(asio::io_context& context,
                                                         const discovery::LocalAddress& local)
{
  auto group = discovery::openGroupSocket(context, local, groupOf(local));
  if (!group) return tl::unexpected{group.error()};
  auto own = discovery::openOwnSocket(context, local);
  if (!own) return tl::unexpected{own.error()};
  auto measurement = discovery::openOwnSocket(context, local);
  if (!measurement) return tl::unexpected{measurement.error()};
  return std::make_shared<GatewayShell>(local, std::move(*group), std::move(*own), std::move(*measurement));
}

GatewayShell::GatewayShell(const discovery::LocalAddress& local, udp::socket group, udp::socket own,
                           udp::socket measurement)
  : local_{local}
  , group_{std::move(group)}
  , own_{std::move(own)}
  , measurement_{std::move(measurement)}
{}

Endpoint GatewayShell::measurementEndpoint() const
{
  asio::error_code ignored;
  return discovery::fromAsio(measurement_.local_endpoint(ignored));
}

void GatewayShell::listen(Received received)
{
  received_ = std::move(received);
  const auto executor = own_.get_executor();
  const auto self = shared_from_this();
  asio::co_spawn(executor, listenOn(group_, Node::Socket::discovery, self), asio::detached);
  asio::co_spawn(executor, listenOn(own_, Node::Socket::discovery, self), asio::detached);
  asio::co_spawn(executor, listenOn(measurement_, Node::Socket::measurement, self), asio::detached);
}

asio::awaitable<void> GatewayShell::listenOn(udp::socket& socket, Node::Socket kind,
                                             std::shared_ptr<GatewayShell> self)
{
  std::array<std::byte, 512> buffer{}; // spec link 2.3; longer ones arrive cut, as at the reference
  udp::endpoint from;
  while (self->group_.is_open()) {
    const auto [error, size] =
      co_await socket.async_receive_from(asio::buffer(buffer), from, as_tuple(asio::use_awaitable));
    if (!self->group_.is_open()) co_return;
    if (error) {
      asio::steady_timer breath{socket.get_executor(), kBreath};
      co_await breath.async_wait(as_tuple(asio::use_awaitable));
      continue;
    }
    self->received_(kind, std::span<const std::byte>{buffer}.first(size), discovery::fromAsio(from));
  }
}

void GatewayShell::send(const Node::Send& send)
{
  auto& socket = send.socket == Node::Socket::measurement ? measurement_ : own_;
  asio::error_code error;
  const auto to = discovery::toAsio(send.to.value_or(groupOf(local_)));
  socket.send_to(asio::buffer(send.datagram.bytes().data(), send.datagram.size()), to, 0, error);
  if (send.to) return; // a peer that cannot be reached is no fault of the gateway
  failedSends_ = error ? failedSends_ + 1 : 0;
  if (failedSends_ == 1)
    log::link().debug("announcing on {} failed: {}", local_.address.text(), error.message());
}

void GatewayShell::close()
{
  asio::error_code ignored;
  group_.close(ignored);
  own_.close(ignored);
  measurement_.close(ignored);
}

bool GatewayShell::isWorn() const
{
  return failedSends_ >= kWornAfter;
}

} // namespace tutti::link
