#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/core/Result.hpp>
#include <tutti/discovery/Interfaces.hpp>

#include "Node.hpp"

namespace tutti::link {

/// The three sockets of one gateway, and the loops that listen on them.
///
/// A socket error is counted and never ends a loop; only `close` does.
///
/// Threads: *net*.
/// Spec:    link 2.1.
class GatewayShell : public std::enable_shared_from_this<GatewayShell> {
public:
  using Received = std::function<void(Node::Socket, std::span<const std::byte>, const Endpoint& from)>;

  static Result<std::shared_ptr<GatewayShell>> open(asio::io_context& context,
                                                    const discovery::LocalAddress& local);

  GatewayShell(const discovery::LocalAddress& local, asio::ip::udp::socket group, asio::ip::udp::socket own,
               asio::ip::udp::socket measurement);

  [[nodiscard]] const discovery::LocalAddress& local() const { return local_; }
  [[nodiscard]] Endpoint measurementEndpoint() const;

  void listen(Received received);
  void send(const Node::Send& send);
  void close();

  /// So many sends to the group have failed in a row that the gateway should be built anew.
  [[nodiscard]] bool isWorn() const;

private:
  asio::awaitable<void> listenOn(asio::ip::udp::socket& socket, Node::Socket kind,
                                 std::shared_ptr<GatewayShell> self);

  discovery::LocalAddress local_;
  asio::ip::udp::socket group_;
  asio::ip::udp::socket own_;
  asio::ip::udp::socket measurement_;
  Received received_;
  int failedSends_ = 0;
};

} // namespace tutti::link
