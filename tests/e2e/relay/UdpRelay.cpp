#include "UdpRelay.hpp"

#include <asio/buffer.hpp>

namespace relay {

using asio::ip::udp;
using tutti::Endpoint;
using tutti::HostTime;
using tutti::IpAddress;
using tutti::net::TurnClient;
using tutti::time::HostClock;

namespace {

udp::endpoint toAsio(const Endpoint& endpoint)
{
  const auto& raw = endpoint.address.bytes();
  return {asio::ip::address_v4{{raw[0], raw[1], raw[2], raw[3]}}, endpoint.port};
}

Endpoint fromAsio(const udp::endpoint& endpoint)
{
  return {IpAddress::v4(endpoint.address().to_v4().to_bytes()), endpoint.port()};
}

} // namespace

UdpRelay::UdpRelay(asio::io_context& context, const Endpoint& server, tutti::net::TurnCredentials credentials,
                   TurnClient::Options options, tutti::net::TurnConnection::Listener listener)
  : socket_{context, udp::endpoint{udp::v4(), 0}}
  , alarm_{context}
  , client_{server, std::move(credentials), std::move(options)}
  , listener_{std::move(listener)}
{
  receive();
  perform(client_.start(HostClock::now()));
}

void UdpRelay::receive()
{
  socket_.async_receive_from(asio::buffer(buffer_), from_, [this](std::error_code why, std::size_t size) {
    if (why == asio::error::operation_aborted) return;
    if (!why) hear(std::span{buffer_}.first(size), fromAsio(from_));
    receive(); // an error is an ICMP refusal: the server is away for a moment
  });
}

void UdpRelay::hear(std::span<const std::byte> datagram, const Endpoint& from)
{
  const auto at = HostClock::now();
  if (const auto data = routes_.unwrap(datagram, from)) return listener_.heard(data->peer, data->payload, at);
  perform(client_.receive(datagram, from, at));
}

void UdpRelay::perform(const TurnClient::Actions& actions)
{
  for (const auto& action : actions) {
    std::error_code lost;
    if (const auto* send = std::get_if<TurnClient::Send>(&action))
      socket_.send_to(asio::buffer(send->bytes), toAsio(send->to), 0, lost);
    else if (std::holds_alternative<TurnClient::RoutesChanged>(action))
      routes_ = client_.routes();
    else
      listener_.happened(action);
  }
  arm();
}

void UdpRelay::arm()
{
  const auto deadline = client_.nextDeadline();
  if (!deadline) return;
  alarm_.expires_at(*deadline);
  alarm_.async_wait([this](std::error_code aborted) {
    if (!aborted) perform(client_.advance(HostClock::now()));
  });
}

void UdpRelay::bindChannel(const Endpoint& peer)
{
  perform(client_.bindChannel(peer, HostClock::now()));
}

void UdpRelay::renew(tutti::net::TurnCredentials credentials)
{
  perform(client_.renew(std::move(credentials), HostClock::now()));
}

void UdpRelay::suspect()
{
  perform(client_.suspect(HostClock::now()));
}

void UdpRelay::release()
{
  perform(client_.release(HostClock::now()));
}

bool UdpRelay::trySend(const Endpoint& peer, std::span<const std::byte> payload)
{
  std::array<std::byte, 1600> room{};
  const auto bytes = routes_.wrap(peer, payload, room);
  std::error_code lost;
  if (!bytes.empty())
    socket_.send_to(asio::buffer(bytes.data(), bytes.size()), toAsio(routes_.server()), 0, lost);
  return !bytes.empty();
}

} // namespace relay
