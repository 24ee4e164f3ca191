#include "TlsStream.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <fcntl.h>
#include <limits>
#include <netdb.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

namespace tutti::serve {
namespace {

using Clock = TlsStream::Clock;
using Name = int (*)(int, sockaddr*, socklen_t*);

std::string addressBy(Name name, int socket, int* port)
{
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  if (name(socket, address, &size) != 0) return {};
  if (::getnameinfo(address, size, host.data(), host.size(), service.data(), service.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  if (port != nullptr) *port = std::atoi(service.data());
  return host.data();
}

/// Whether the socket has become ready; not, if it took too long.
bool isReady(int socket, short events, Clock::time_point until)
{
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
  pollfd entry{socket, events, 0};
  return left > 0 && ::poll(&entry, 1, static_cast<int>(left)) == 1;
}

int fitting(std::size_t size)
{
  return static_cast<int>(std::min(size, std::size_t{std::numeric_limits<int>::max()}));
}

} // namespace

std::string remoteAddress(int socket)
{
  return addressBy(::getpeername, socket, nullptr);
}

TlsStream::TlsStream(int socket, SSL_CTX* context, Clock::duration patience)
  : socket_{socket}
  , patience_{patience}
  , tls_{SSL_new(context)}
  , until_{Clock::now() + patience}
{
  ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
  isOver_ = !tls_ || SSL_set_fd(tls_.get(), socket_) != 1;
}

TlsStream::~TlsStream()
{
  if (!isOver_) SSL_shutdown(tls_.get());
}

/// One step of TLS, which may need the other side several times. At most until our patience ends, however
/// many bytes dribble in until then.
template <class Step> int TlsStream::untilDone(Step step)
{
  while (!isOver_ && Clock::now() < until_) {
    ERR_clear_error();
    const int done = step();
    if (done > 0) return done;
    const int why = SSL_get_error(tls_.get(), done);
    const short events = why == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
    if (why != SSL_ERROR_WANT_WRITE && why != SSL_ERROR_WANT_READ) break;
    if (!isReady(socket_, events, until_)) break;
  }
  isOver_ = true;
  return -1;
}

bool TlsStream::shakeHands()
{
  return untilDone([this] { return SSL_accept(tls_.get()); }) > 0;
}

bool TlsStream::waitForQuestion(Clock::duration quiet, std::size_t largest)
{
  if (isOver_ || (SSL_pending(tls_.get()) == 0 && !isReady(socket_, POLLIN, Clock::now() + quiet)))
    return false;
  left_ = largest;
  turn_ = Turn::answering;
  take(Turn::hearing);
  return true;
}

/// Each side's turn has its own time: what the directory thinks in between is not theirs.
void TlsStream::take(Turn turn)
{
  if (turn_ != turn) until_ = Clock::now() + patience_;
  turn_ = turn;
}

ssize_t TlsStream::read(char* into, size_t size)
{
  if (left_ == 0) isOver_ = true;
  const int most = fitting(std::min(size, left_));
  const int count = untilDone([&] { return SSL_read(tls_.get(), into, most); });
  if (count > 0) left_ -= static_cast<std::size_t>(count);
  return count;
}

ssize_t TlsStream::write(const char* bytes, size_t size)
{
  take(Turn::answering);
  return untilDone([&] { return SSL_write(tls_.get(), bytes, fitting(size)); });
}

void TlsStream::get_remote_ip_and_port(std::string& address, int& port) const
{
  address = addressBy(::getpeername, socket_, &port);
}

void TlsStream::get_local_ip_and_port(std::string& address, int& port) const
{
  address = addressBy(::getsockname, socket_, &port);
}

} // namespace tutti::serve
