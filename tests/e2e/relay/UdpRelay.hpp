#pragma once

#include <array>
#include <functional>

#include <asio/basic_waitable_timer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/net/TurnConnection.hpp>

namespace relay {

/// A relay by UDP from a socket of our own, as the media thread has one: the same verbs as `TurnConnection`.
class UdpRelay {
public:
  UdpRelay(asio::io_context& context, const tutti::Endpoint& server, tutti::net::TurnCredentials credentials,
           tutti::net::TurnClient::Options options, tutti::net::TurnConnection::Listener listener);

  void bindChannel(const tutti::Endpoint& peer);
  void renew(tutti::net::TurnCredentials credentials);
  void suspect();
  void release();
  bool trySend(const tutti::Endpoint& peer, std::span<const std::byte> payload);

private:
  void receive();
  void hear(std::span<const std::byte> datagram, const tutti::Endpoint& from);
  void perform(const tutti::net::TurnClient::Actions& actions);
  void arm();

  asio::ip::udp::socket socket_;
  asio::ip::udp::endpoint from_;
  std::array<std::byte, 2048> buffer_{};
  asio::basic_waitable_timer<tutti::time::HostClock> alarm_;
  tutti::net::TurnClient client_;
  tutti::net::TurnRoutes routes_;
  tutti::net::TurnConnection::Listener listener_;
};

} // namespace relay
