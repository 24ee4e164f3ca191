#include "DirectoryServer.hpp"

#include <chrono>
#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include "HttpsServer.hpp"
#include "Source.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kLongestPoll = 5s;
static_assert(Directory::kMostInAll < HttpsServer::kMostThreads); // all poll, and somebody wants to join
constexpr auto kTick = 250ms;                                     // so exact are leases

void shareNoPort(int socket)
{
  const int on = 1; // after a restart; unlike the library's way it does not let two servers share the port
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

bool bindTo(httplib::Server& http, const std::string& host, std::uint16_t port, std::uint16_t& bound)
{
  if (port == 0) {
    const int any = http.bind_to_any_port(host);
    bound = static_cast<std::uint16_t>(std::max(any, 0));
    return any > 0;
  }
  bound = port;
  return http.bind_to_port(host, port);
}

} // namespace

Result<std::unique_ptr<DirectoryServer>>
DirectoryServer::open(const std::optional<IpAddress>& listen, std::uint16_t port, const TlsIdentity& identity)
{
  auto http = std::make_unique<HttpsServer>(identity);
  if (!http->is_valid()) return failure(ErrorKind::unavailable, "The server's key cannot be used for TLS.");
  http->set_socket_options([](auto socket) { shareNoPort(static_cast<int>(socket)); });
  std::unique_ptr<DirectoryServer> server{new DirectoryServer{std::move(http)}};
  const bool isBound = listen ? bindTo(*server->http_, listen->text(), port, server->port_)
                              : bindTo(*server->http_, "::", port, server->port_) ||
                                  bindTo(*server->http_, "0.0.0.0", port, server->port_);
  if (isBound) {
    server->http_->letManyKnock();
    return server;
  }
  return failure(
    ErrorKind::refused,
    fmt::format("TCP port {} cannot be opened on {}: another program has it, or this machine has no "
                "such address.",
                port, listen ? listen->text() : "this machine"));
}

DirectoryServer::DirectoryServer(std::unique_ptr<HttpsServer> http)
  : http_{std::move(http)}
{
  http_->set_tcp_nodelay(true);
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
  };
  http_->Get(".*", handler);
  http_->Post(".*", handler);
  http_->Put(".*", handler);
  http_->Delete(".*", handler);
  http_->set_logger([this](const httplib::Request&, const httplib::Response& response) {
    const std::lock_guard counting{answersMutex_};
    ++answers_[response.status];
  });
}

DirectoryServer::~DirectoryServer()
{
  {
    const std::lock_guard lock{mutex_};
    isStopping_ = true;
    for (auto& [room, waiting] : waiting_) waiting.wake.notify_one();
  }
  end_.notify_all();
  if (listening_.joinable()) {
    while (!http_->is_running() && !hasListened_) std::this_thread::yield(); // only what runs can be stopped
    http_->stop();
    listening_.join();
  }
  if (ticking_.joinable()) ticking_.join();
}

void DirectoryServer::start(std::uint16_t udpPort, Neighbours neighbours)
{
  directory_.emplace(udpPort);
  neighbours_ = std::move(neighbours);
  listening_ = std::thread{[this] {
    http_->listen_after_bind();
    hasListened_ = true;
  }};
  ticking_ = std::thread{[this] { tick(); }};
}

void DirectoryServer::answer(const httplib::Request& request, httplib::Response& response)
{
  const Directory::Question question{request.method, request.path, request.body,
                                     addressNamed(request.remote_addr),
                                     request.get_header_value("Authorization")};
  const auto beside = neighbours_.beside(question);
  const auto answered = beside ? *beside : askDirectory(question);
  response.status = answered.status;
  if (answered.status == 401) response.set_header("WWW-Authenticate", "Basic realm=\"tutti\"");
  response.set_content(answered.body, answered.type);
}

Directory::Answer DirectoryServer::askDirectory(const Directory::Question& question)
{
  const auto asked = Directory::read(question); // before the lock: anybody may say anything
  const auto* refused = std::get_if<Directory::Answer>(&asked);
  return refused != nullptr ? *refused : ask(std::get<Directory::Asked>(asked));
}

std::map<int, std::uint64_t> DirectoryServer::answers() const
{
  const std::lock_guard counting{answersMutex_};
  return answers_;
}

Directory::Answer DirectoryServer::ask(const Directory::Asked& asked)
{
  const auto deadline = std::chrono::steady_clock::now() + kLongestPoll;
  std::unique_lock lock{mutex_};
  for (;;) {
    const bool mayWait = !isStopping_ && std::chrono::steady_clock::now() < deadline;
    const auto reply = directory_->ask(asked, HostClock::now(), mayWait);
    tellNews();
    if (const auto* answered = std::get_if<Directory::Answer>(&reply)) return *answered;
    if (const auto* wish = std::get_if<Directory::TurnWish>(&reply)) {
      lock.unlock();
      return neighbours_.turn(wish->who);
    }
    const auto place =
      waiting_.emplace(std::piecewise_construct, std::forward_as_tuple(std::get<Directory::Wait>(reply).room),
                       std::forward_as_tuple());
    auto& waiting = place->second;
    waiting.wake.wait_until(lock, deadline, [&] { return isStopping_ || waiting.isWoken; });
    waiting_.erase(place);
  }
}

void DirectoryServer::tick()
{
  std::unique_lock lock{mutex_};
  while (!isStopping_) {
    directory_->advance(HostClock::now());
    tellNews();
    end_.wait_for(lock, kTick, [this] { return isStopping_; });
  }
}

/// Only polls of the rooms that it is about are woken.
void DirectoryServer::tellNews()
{
  for (const auto& change : directory_->takeChanges()) neighbours_.changed(change);
  for (const auto& room : directory_->takeNews()) {
    const auto [first, last] = waiting_.equal_range(room);
    for (auto waiting = first; waiting != last; ++waiting) {
      waiting->second.isWoken = true;
      waiting->second.wake.notify_one();
    }
  }
}

} // namespace tutti::serve
