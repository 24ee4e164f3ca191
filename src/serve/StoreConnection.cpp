#include "StoreConnection.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <utility>

#include <tutti/core/Endpoint.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kPatience = 2s;
constexpr std::size_t kMostUnsent = std::size_t{64} << 20U;

tl::unexpected<Error> unavailable(std::string sentence)
{
  return failure(ErrorKind::unavailable, std::move(sentence));
}

std::string reason(int error)
{
  return std::generic_category().message(error);
}

/// False: the time is over, or somebody wants us to stop.
bool waitFor(int socket, short events, HostTime deadline, int stop)
{
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - HostClock::now());
    if (left <= 0ms) return false;
    std::array<pollfd, 2> both{{{socket, events, 0}, {stop, POLLIN, 0}}};
    const int ready = ::poll(both.data(), both.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0) return both[1].revents == 0;
  }
}

/// A socket that is connected, or an error number.
tl::expected<Descriptor, int> connected(int family, const sockaddr* address, socklen_t size,
                                        HostTime deadline, int stop)
{
  Descriptor socket{::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  if (!socket.isOpen()) return tl::unexpected{errno};
  int error = ::connect(socket.number(), address, size) == 0 ? 0 : errno;
  if (error == EINPROGRESS) {
    socklen_t length = sizeof error;
    if (!waitFor(socket.number(), POLLOUT, deadline, stop))
      error = ETIMEDOUT;
    else
      ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &length);
  }
  if (error == 0) return socket;
  return tl::unexpected{error};
}

Result<Descriptor> connectHere(const StoreUrl& url, HostTime deadline, int stop)
{
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (url.path.size() >= sizeof address.sun_path) return unavailable("its path is too long for a socket");
  std::ranges::copy(url.path, std::begin(address.sun_path));
  auto socket =
    connected(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline, stop);
  if (!socket) return unavailable(fmt::format("its socket cannot be opened: {}", reason(socket.error())));
  return std::move(*socket);
}

/// One address of the host after the other.
Result<Descriptor> connectThere(const StoreUrl& url, HostTime deadline, int stop)
{
  addrinfo wish{};
  wish.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  const auto port = std::to_string(url.port);
  if (const int error = ::getaddrinfo(url.host.c_str(), port.c_str(), &wish, &first); error != 0)
    return unavailable(fmt::format("its host is not found: {}", ::gai_strerror(error)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{first, &::freeaddrinfo};
  int error = EHOSTUNREACH;
  for (const auto* entry = first; entry != nullptr; entry = entry->ai_next) {
    auto socket = connected(entry->ai_family, entry->ai_addr, entry->ai_addrlen, deadline, stop);
    if (!socket) {
      error = socket.error();
      continue;
    }
    const int on = 1;
    ::setsockopt(socket->number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return std::move(*socket);
  }
  return unavailable(fmt::format("it cannot be reached: {}", reason(error)));
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

Result<Context> contextFor(const StoreOptions& options)
{
  Context context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  if (!context) return unavailable("TLS cannot be used on this machine");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  const int loaded = options.authorities.empty()
                       ? SSL_CTX_set_default_verify_paths(context.get())
                       : SSL_CTX_load_verify_file(context.get(), options.authorities.c_str());
  if (loaded != 1)
    return unavailable(fmt::format("the file '{}' holds no certificates to trust", options.authorities));
  return context;
}

} // namespace

StoreConnection::StoreConnection(Descriptor socket)
  : socket_{std::move(socket)}
  , buffer_{std::make_unique<std::array<std::byte, std::size_t{64} << 10U>>()}
{}

Result<std::unique_ptr<StoreConnection>> StoreConnection::open(const StoreOptions& options, int stop)
{
  const auto deadline = HostClock::now() + kPatience;
  const bool isHere = options.url.transport == StoreUrl::Transport::local;
  auto socket = isHere ? connectHere(options.url, deadline, stop) : connectThere(options.url, deadline, stop);
  if (!socket) return tl::unexpected{socket.error()};
  std::unique_ptr<StoreConnection> made{new StoreConnection{std::move(*socket)}};
  if (options.url.transport != StoreUrl::Transport::tls) return made;
  if (const auto secured = made->secure(options, deadline, stop); !secured)
    return tl::unexpected{secured.error()};
  return made;
}

Result<void> StoreConnection::secure(const StoreOptions& options, HostTime deadline, int stop)
{
  const auto context = contextFor(options);
  if (!context) return tl::unexpected{context.error()};
  tls_.reset(SSL_new(context->get()));
  const auto& host = options.url.host;
  const bool isAddress = IpAddress::parse(host).has_value();
  const bool isNamed = tls_ && SSL_set_fd(tls_.get(), socket_.number()) == 1 &&
                       (isAddress ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_.get()), host.c_str())
                                  : SSL_set1_host(tls_.get(), host.c_str())) == 1;
  if (!isNamed) return unavailable("TLS cannot be used with its address");
  if (!isAddress) // the macro for it casts in the old style
    SSL_ctrl(tls_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(host.c_str()));
  for (;;) {
    ERR_clear_error();
    const int done = SSL_connect(tls_.get());
    if (done == 1) return {};
    const int why = SSL_get_error(tls_.get(), done);
    const bool isWaiting = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
    if (isWaiting &&
        waitFor(socket_.number(), why == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN, deadline, stop))
      continue;
    const auto verdict = SSL_get_verify_result(tls_.get());
    if (verdict != X509_V_OK)
      return unavailable(
        fmt::format("its certificate is not trusted ({}): name who signed it with --store-ca",
                    X509_verify_cert_error_string(verdict)));
    return unavailable("it does not speak TLS");
  }
}

net::Watch StoreConnection::watch() const
{
  return {.descriptor = socket_.number(), .toWrite = !unsent_.empty()};
}

/// Whether nothing is wrong: it is only that nothing comes or goes now.
bool StoreConnection::mayTryAgain(int done) const
{
  if (!tls_) return done < 0 && (errno == EAGAIN || errno == EINTR);
  const int why = SSL_get_error(tls_.get(), done);
  return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
}

Result<std::span<const std::byte>> StoreConnection::read()
{
  ERR_clear_error();
  const auto count = tls_ ? SSL_read(tls_.get(), buffer_->data(), static_cast<int>(buffer_->size()))
                          : static_cast<int>(::recv(socket_.number(), buffer_->data(), buffer_->size(), 0));
  if (count > 0) return std::span<const std::byte>{buffer_->data(), static_cast<std::size_t>(count)};
  if (mayTryAgain(count)) return std::span<const std::byte>{};
  return unavailable("it has closed the connection");
}

Result<void> StoreConnection::flush()
{
  std::size_t sent = 0;
  while (sent < unsent_.size()) {
    ERR_clear_error();
    const auto left = std::min<std::size_t>(unsent_.size() - sent, std::size_t{1} << 20U);
    const auto* from = unsent_.data() + sent;
    const auto count = tls_ ? SSL_write(tls_.get(), from, static_cast<int>(left))
                            : static_cast<int>(::send(socket_.number(), from, left, MSG_NOSIGNAL));
    if (count <= 0 && !mayTryAgain(count)) return unavailable("it has closed the connection");
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  unsent_.erase(0, sent);
  if (unsent_.size() > kMostUnsent) return unavailable("it takes what it is told too slowly");
  return {};
}

} // namespace tutti::serve
