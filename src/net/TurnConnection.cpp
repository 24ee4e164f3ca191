#include <tutti/net/TurnConnection.hpp>

#include <algorithm>

#include <asio/basic_waitable_timer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <tutti/net/TurnDeframer.hpp>

#include "TurnTls.hpp"

namespace tutti::net {
namespace {

using namespace std::chrono_literals;
using asio::experimental::as_tuple;
using asio::ip::tcp;
using Timer = asio::basic_waitable_timer<time::HostClock>;

constexpr Micros kToConnect = 5s; // with the TLS handshake
constexpr Micros kFirstPause = 50ms;
constexpr Micros kLongestPause = 30s;
constexpr std::size_t kMostQueued = std::size_t{64} << 10U;

tcp::endpoint toAsio(const Endpoint& endpoint)
{
  const auto& bytes = endpoint.address.bytes();
  if (!endpoint.address.isV4()) return {asio::ip::address_v6{bytes, endpoint.address.scope()}, endpoint.port};
  return {asio::ip::address_v4{{bytes[0], bytes[1], bytes[2], bytes[3]}}, endpoint.port};
}

} // namespace

/// Lives as long as somebody waits for it: a read, a timer, its owner.
class TurnConnection::Shell : public std::enable_shared_from_this<Shell> {
public:
  Shell(asio::io_context& context, Target target, TurnCredentials credentials, TurnClient::Options options,
        Listener listener)
    : target_{std::move(target)}
    , listener_{std::move(listener)}
    , client_{target_.server, std::move(credentials), std::move(options)}
    , tls_{turn::tlsContext(target_)}
    , context_{context}
    , alarm_{context}
    , pause_{context}
  {}

  void run()
  {
    asio::co_spawn(context_, [self = shared_from_this()] { return live(self); }, asio::detached);
  }

  void close()
  {
    isOver_ = true;
    std::error_code ignored;
    alarm_.cancel(ignored);
    pause_.cancel(ignored);
    hangUp();
  }

  template <class Verb> void tell(Verb verb) { perform(verb(client_, time::HostClock::now())); }

  bool trySend(const Endpoint& peer, std::span<const std::byte> payload)
  {
    std::array<std::byte, TurnDeframer::kLongestFrame> room{};
    const auto bytes = routes_.wrap(peer, payload, room);
    if (bytes.empty() || queued_.size() + bytes.size() > kMostQueued) return false;
    queued_.insert(queued_.end(), bytes.begin(), bytes.end());
    flush();
    return true;
  }

private:
  static asio::awaitable<void> live(std::shared_ptr<Shell> self);
  asio::awaitable<std::error_code> connect();
  asio::awaitable<void> listen();

  void perform(const TurnClient::Actions& actions);
  void arm();
  void flush();
  void hangUp();
  void hear(std::span<const std::byte> frame, HostTime at);
  [[nodiscard]] Error sentence(std::error_code why) const;

  Target target_;
  Listener listener_;
  TurnClient client_;
  TurnRoutes routes_;
  asio::ssl::context tls_;
  asio::io_context& context_;
  std::shared_ptr<turn::TlsStream> stream_; // without TLS only its socket is used
  TurnDeframer deframer_;
  Timer alarm_;
  Timer pause_;
  Micros patience_ = kFirstPause;
  std::vector<std::byte> queued_;
  std::vector<std::byte> leaving_;
  bool isConnected_ = false;
  bool isOver_ = false;
};

asio::awaitable<void> TurnConnection::Shell::live(std::shared_ptr<Shell> self)
{
  while (!self->isOver_) {
    const auto why = co_await self->connect();
    if (!why && !self->isOver_) {
      self->isConnected_ = true;
      self->tell([](TurnClient& client, HostTime now) { return client.start(now); });
      co_await self->listen();
      self->hangUp();
      self->tell([](TurnClient& client, HostTime now) { return client.disconnected(now); });
    } else if (!self->isOver_) {
      self->hangUp();
      self->listener_.happened(TurnClient::Lost{self->sentence(why)});
    }
    if (self->isOver_) break;
    self->pause_.expires_after(self->patience_);
    self->patience_ = std::min(2 * self->patience_, kLongestPause);
    co_await self->pause_.async_wait(as_tuple(asio::use_awaitable));
  }
}

asio::awaitable<std::error_code> TurnConnection::Shell::connect()
{
  stream_ = std::make_shared<turn::TlsStream>(context_, tls_);
  deframer_ = {};
  Timer deadline{context_};
  deadline.expires_after(kToConnect);
  deadline.async_wait([stream = stream_](std::error_code aborted) {
    std::error_code ignored;
    if (!aborted) stream->next_layer().close(ignored);
  });
  auto& socket = stream_->next_layer();
  const auto [why] = co_await socket.async_connect(toAsio(client_.server()), as_tuple(asio::use_awaitable));
  if (why) co_return why;
  std::error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored); // music does not wait for company
  if (!target_.isTls) co_return std::error_code{};
  turn::demandHost(*stream_, target_);
  const auto [refused] =
    co_await stream_->async_handshake(asio::ssl::stream_base::client, as_tuple(asio::use_awaitable));
  co_return refused;
}

asio::awaitable<void> TurnConnection::Shell::listen()
{
  while (!isOver_ && isConnected_ && !deframer_.isBroken()) {
    const auto room = asio::buffer(deframer_.room().data(), deframer_.room().size());
    std::error_code why;
    std::size_t count = 0;
    if (target_.isTls)
      std::tie(why, count) = co_await stream_->async_read_some(room, as_tuple(asio::use_awaitable));
    else
      std::tie(why, count) =
        co_await stream_->next_layer().async_read_some(room, as_tuple(asio::use_awaitable));
    if (why || isOver_) co_return;
    deframer_.filled(count);
    const auto at = time::HostClock::now();
    while (!isOver_ && isConnected_) {
      const auto frame = deframer_.next();
      if (!frame) break;
      hear(*frame, at);
    }
  }
}

void TurnConnection::Shell::hear(std::span<const std::byte> frame, HostTime at)
{
  const auto server = client_.server();
  if (const auto data = routes_.unwrap(frame, server)) return listener_.heard(data->peer, data->payload, at);
  perform(client_.receive(frame, server, at));
}

void TurnConnection::Shell::perform(const TurnClient::Actions& actions)
{
  const auto self = shared_from_this(); // a callback may drop our owner
  for (const auto& action : actions) {
    if (isOver_) return;
    if (const auto* send = std::get_if<TurnClient::Send>(&action)) {
      queued_.insert(queued_.end(), send->bytes.begin(), send->bytes.end());
    } else if (std::holds_alternative<TurnClient::RoutesChanged>(action)) {
      routes_ = client_.routes();
    } else if (std::holds_alternative<TurnClient::Reconnect>(action)) {
      hangUp();
    } else {
      if (std::holds_alternative<TurnClient::Relayed>(action)) patience_ = kFirstPause;
      if (std::holds_alternative<TurnClient::Released>(action)) close();
      listener_.happened(action);
    }
  }
  if (isOver_) return;
  flush();
  arm();
}

void TurnConnection::Shell::arm()
{
  const auto deadline = client_.nextDeadline();
  if (!deadline) {
    alarm_.cancel();
    return;
  }
  alarm_.expires_at(*deadline);
  alarm_.async_wait([self = shared_from_this()](std::error_code aborted) {
    if (aborted || self->isOver_) return;
    self->tell([](TurnClient& client, HostTime now) { return client.advance(now); });
  });
}

/// One write at a time; what comes meanwhile leaves together with the next.
void TurnConnection::Shell::flush()
{
  if (!isConnected_) queued_.clear(); // of another connection
  if (queued_.empty() || !leaving_.empty()) return;
  std::swap(queued_, leaving_);
  auto written = [self = shared_from_this(), stream = stream_](std::error_code why, std::size_t) {
    self->leaving_.clear();
    if (self->isOver_) return;
    if (why && self->stream_ == stream) self->hangUp();
    self->flush(); // by now perhaps on another connection
  };
  if (target_.isTls)
    asio::async_write(*stream_, asio::buffer(leaving_), std::move(written));
  else
    asio::async_write(stream_->next_layer(), asio::buffer(leaving_), std::move(written));
}

void TurnConnection::Shell::hangUp()
{
  isConnected_ = false;
  queued_.clear();
  std::error_code ignored;
  if (stream_) stream_->next_layer().close(ignored);
}

Error TurnConnection::Shell::sentence(std::error_code why) const
{
  const auto who = "The relay " + target_.hostName + " (" + client_.server().text() + ") ";
  const bool isDistrusted =
    stream_ && target_.isTls && SSL_get_verify_result(stream_->native_handle()) != X509_V_OK;
  if (isDistrusted)
    return {ErrorKind::unauthorized, who + "does not prove that it is the one it should be: its certificate "
                                           "is wrong. Nothing was told to it."};
  return {ErrorKind::unavailable, who + "cannot be reached: " + why.message() + "."};
}

TurnConnection::TurnConnection(asio::io_context& context, Target target, TurnCredentials credentials,
                               TurnClient::Options options, Listener listener)
{
  options.transport = TurnTransport::stream;
  shell_ = std::make_shared<Shell>(context, std::move(target), std::move(credentials), std::move(options),
                                   std::move(listener));
  shell_->run();
}

TurnConnection::~TurnConnection()
{
  shell_->close();
}

void TurnConnection::permit(const Endpoint& peer)
{
  shell_->tell([&](TurnClient& client, HostTime now) { return client.permit(peer, now); });
}

void TurnConnection::bindChannel(const Endpoint& peer)
{
  shell_->tell([&](TurnClient& client, HostTime now) { return client.bindChannel(peer, now); });
}

void TurnConnection::forget(const Endpoint& peer)
{
  shell_->tell([&](TurnClient& client, HostTime now) { return client.forget(peer, now); });
}

void TurnConnection::renew(TurnCredentials credentials)
{
  shell_->tell([&](TurnClient& client, HostTime now) { return client.renew(std::move(credentials), now); });
}

void TurnConnection::suspect()
{
  shell_->tell([](TurnClient& client, HostTime now) { return client.suspect(now); });
}

void TurnConnection::release()
{
  shell_->tell([](TurnClient& client, HostTime now) { return client.release(now); });
}

bool TurnConnection::trySend(const Endpoint& peer, std::span<const std::byte> payload)
{
  return shell_->trySend(peer, payload);
}

} // namespace tutti::net
