#pragma once

#include <functional>
#include <memory>
#include <span>

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <tutti/core/Result.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/net/BatchSocket.hpp>

namespace tutti::linkaudio {

/// The one socket that Link Audio has on a gateway: everything goes out and comes in by it.
///
/// An error never ends its listening, an empty datagram neither; only `close` does.
///
/// Threads: *net*.
/// Spec:    link-audio 2.1.
class AudioSocket : public std::enable_shared_from_this<AudioSocket> {
public:
  using Received = std::function<void(const net::Incoming&)>;

  static Result<std::shared_ptr<AudioSocket>> open(asio::io_context& context,
                                                   const discovery::LocalAddress& local);
  AudioSocket(asio::io_context& context, net::BatchSocket socket);

  [[nodiscard]] Endpoint endpoint() const { return socket_.local(); }

  void listen(Received received);
  void send(std::span<const net::Outgoing> datagrams) { socket_.send(datagrams); }
  void close();

private:
  void await();

  net::BatchSocket socket_;
  asio::posix::stream_descriptor readable_;
  Received received_;
};

} // namespace tutti::linkaudio
