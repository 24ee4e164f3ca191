#include "TlsStream.hpp"

#include <algorithm>

#include <asio/experimental/as_tuple.hpp>
#include <asio/use_awaitable.hpp>
#include <openssl/err.h>

namespace tutti::serve {
namespace {

using asio::experimental::as_tuple;
using asio::ip::tcp;

constexpr std::size_t kLargestRecord = std::size_t{16} << 10U;

} // namespace

TlsStream::TlsStream(tcp::socket socket, SSL_CTX* context, Clock::duration patience)
  : socket_{std::move(socket)}
  , patience_{patience}
  , tls_{SSL_new(context)}
  , until_{Clock::now() + patience}
{
  std::error_code why;
  socket_.native_non_blocking(true, why);
  isOver_ = why || !tls_ || SSL_set_fd(tls_.get(), socket_.native_handle()) != 1;
}

TlsStream::~TlsStream()
{
  if (!isOver_) SSL_shutdown(tls_.get());
  std::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
}

/// One step of TLS, which may need the other side several times. At most until our patience ends, however
/// many bytes dribble in until then.
template <class Step> asio::awaitable<int> TlsStream::untilDone(Step step)
{
  while (!isOver_ && Clock::now() < until_) {
    ERR_clear_error();
    const int done = step();
    if (done > 0) co_return done;
    const int why = SSL_get_error(tls_.get(), done);
    if (why != SSL_ERROR_WANT_WRITE && why != SSL_ERROR_WANT_READ) break;
    const auto what = why == SSL_ERROR_WANT_WRITE ? tcp::socket::wait_write : tcp::socket::wait_read;
    const bool mayGoOn = co_await isReady(what);
    if (!mayGoOn) break;
  }
  isOver_ = true;
  co_return -1;
}

asio::awaitable<bool> TlsStream::isReady(tcp::socket::wait_type what)
{
  const auto [why] = co_await socket_.async_wait(what, as_tuple(asio::use_awaitable));
  co_return !why; // what has come is heard, also before the watch has looked
}

asio::awaitable<bool> TlsStream::shakeHands()
{
  const int done = co_await untilDone([this] { return SSL_accept(tls_.get()); });
  co_return done > 0;
}

asio::awaitable<bool> TlsStream::waitForQuestion(Clock::duration quiet)
{
  if (isOver_) co_return false;
  if (SSL_pending(tls_.get()) > 0) co_return true;
  turn_ = Turn::hearing;
  until_ = Clock::now() + quiet;
  const bool isSaid = co_await isReady(tcp::socket::wait_read);
  turn_ = Turn::answering; // the question has its own time
  co_return isSaid;
}

void TlsStream::take(Turn turn)
{
  if (turn_ != turn) until_ = Clock::now() + patience_;
  turn_ = turn;
}

asio::awaitable<bool> TlsStream::hear(std::string& into, std::size_t most)
{
  const auto before = into.size();
  const auto room = std::min(most, kLargestRecord);
  into.resize(before + room);
  const int count =
    co_await untilDone([&] { return SSL_read(tls_.get(), into.data() + before, static_cast<int>(room)); });
  into.resize(before + static_cast<std::size_t>(std::max(count, 0)));
  co_return count > 0;
}

asio::awaitable<bool> TlsStream::say(std::string_view text)
{
  take(Turn::answering);
  const int count =
    co_await untilDone([&] { return SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())); });
  co_return count > 0;
}

void TlsStream::endIfLate(Clock::time_point now)
{
  std::error_code ignored;
  if (now >= until_) socket_.cancel(ignored);
}

void TlsStream::endHearing()
{
  if (turn_ == Turn::hearing) until_ = {};
  endIfLate(Clock::now());
}

} // namespace tutti::serve
