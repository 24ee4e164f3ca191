#include "ControlLine.hpp"

#include <array>
#include <utility>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

namespace tutti::endpoint {

using asio::experimental::as_tuple;

ControlLine::ControlLine(asio::ip::tcp::socket socket)
  : socket_{std::move(socket)}
{
  asio::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay{true}, ignored); // a heartbeat must not wait for the next one
}

void ControlLine::listen(Heard heard, Ended ended)
{
  heard_ = std::move(heard);
  ended_ = std::move(ended);
  asio::co_spawn(socket_.get_executor(), hear(shared_from_this()), asio::detached);
}

asio::awaitable<void> ControlLine::hear(std::shared_ptr<ControlLine> self)
{
  std::array<std::byte, 4096> buffer{};
  while (self->socket_.is_open()) {
    const auto [error, size] =
      co_await self->socket_.async_read_some(asio::buffer(buffer), as_tuple(asio::use_awaitable));
    if (error) break;
    const auto heard = self->heard_; // it may hang up meanwhile
    if (heard) heard(std::span<const std::byte>{buffer}.first(size));
  }
  self->end();
}

void ControlLine::say(ByteString bytes)
{
  if (isLeaving_ || !socket_.is_open()) return;
  if (waiting_.size() >= kMostWaiting) return end();
  waiting_.push_back(std::move(bytes));
  if (!std::exchange(isWriting_, true))
    asio::co_spawn(socket_.get_executor(), write(shared_from_this()), asio::detached);
}

asio::awaitable<void> ControlLine::write(std::shared_ptr<ControlLine> self)
{
  while (!self->waiting_.empty()) {
    const auto bytes = std::move(self->waiting_.front());
    self->waiting_.pop_front();
    const auto [error, size] =
      co_await asio::async_write(self->socket_, asio::buffer(bytes), as_tuple(asio::use_awaitable));
    if (!error) continue;
    self->end();
    break;
  }
  self->isWriting_ = false;
  if (self->isLeaving_) self->close();
}

void ControlLine::hangUp()
{
  heard_ = {};
  ended_ = {};
  isLeaving_ = true;
  if (!isWriting_) close();
}

void ControlLine::close()
{
  heard_ = {};
  ended_ = {};
  asio::error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

void ControlLine::end()
{
  const auto ended = std::exchange(ended_, {});
  close();
  if (ended) ended();
}

} // namespace tutti::endpoint
