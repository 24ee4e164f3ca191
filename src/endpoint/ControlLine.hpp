#pragma once

#include <deque>
#include <functional>
#include <memory>

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>

#include <tutti/core/ByteString.hpp>

namespace tutti::endpoint {

/// One TCP connection: reads what comes, writes what is said in order, and lives as long as either goes on.
///
/// Threads: its io_context's.
class ControlLine : public std::enable_shared_from_this<ControlLine> {
public:
  using Heard = std::function<void(std::span<const std::byte>)>;
  using Ended = std::function<void()>;
  static constexpr std::size_t kMostWaiting = 256; ///< messages; who takes none for so long is hung up on

  explicit ControlLine(asio::ip::tcp::socket socket);

  void listen(Heard heard, Ended ended);
  void say(ByteString bytes);
  /// Nothing is heard any more, and it closes when all is said.
  void hangUp();
  /// At once.
  void close();

private:
  static asio::awaitable<void> hear(std::shared_ptr<ControlLine> self);
  static asio::awaitable<void> write(std::shared_ptr<ControlLine> self);
  void end();

  asio::ip::tcp::socket socket_;
  Heard heard_;
  Ended ended_;
  std::deque<ByteString> waiting_;
  bool isWriting_ = false;
  bool isLeaving_ = false;
};

} // namespace tutti::endpoint
