#include "HttpsServer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <utility>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <tutti/discovery/AsioEndpoint.hpp>

#include "HttpHead.hpp"
#include "Refusals.hpp"
#include "Source.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using asio::experimental::as_tuple;
using asio::ip::tcp;

constexpr auto kPatience = 5s;  // for a question; and again for its answer
constexpr auto kQuiet = 1s;     // that a connection may be idle: it keeps one of the doors
constexpr auto kWatch = 250ms;  // so exact are both
constexpr auto kBreath = 100ms; // where no file is left: an error must not become a busy loop
constexpr int kMayKnock = 1024; // at the same time: all members come back after a restart
constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";

constexpr std::array<std::pair<int, std::string_view>, 10> kReasons{{{200, "OK"},
                                                                     {400, "Bad Request"},
                                                                     {401, "Unauthorized"},
                                                                     {403, "Forbidden"},
                                                                     {404, "Not Found"},
                                                                     {405, "Method Not Allowed"},
                                                                     {409, "Conflict"},
                                                                     {429, "Too Many Requests"},
                                                                     {502, "Bad Gateway"},
                                                                     {503, "Service Unavailable"}}};

std::string_view reasonOf(int status)
{
  const auto* found = std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return found != kReasons.end() ? found->second : std::string_view{};
}

std::string pageOf(const Directory::Answer& answer, bool isLast, bool hasBody)
{
  return fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}{}\r\n{}", answer.status,
                     reasonOf(answer.status), answer.type, answer.body.size(),
                     answer.status == 401 ? "WWW-Authenticate: Basic realm=\"tutti\"\r\n" : "",
                     isLast ? "Connection: close\r\n" : "", hasBody ? answer.body : std::string{});
}

/// Idle connections cost little (no buffers), and nothing is kept of those that have gone.
SSL_CTX* contextWith(const TlsIdentity& identity)
{
  auto* context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  const bool isOfUse = SSL_CTX_use_certificate(context, identity.certificate()) == 1 &&
                       SSL_CTX_use_PrivateKey(context, identity.key()) == 1;
  if (isOfUse) return context;
  SSL_CTX_free(context);
  return nullptr;
}

} // namespace

/// A connection that is inside.
class HttpsServer::Visit {
public:
  Visit(HttpsServer& server, Socket socket, const IpAddress& from)
    : server_{server}
    , from_{from}
    , stream_{std::move(socket), server.tls_.get(), kPatience}
  {
    server_.inside_.insert(&stream_);
  }
  ~Visit()
  {
    server_.inside_.erase(&stream_);
    server_.doors_.leave(from_);
    std::error_code ignored;
    if (server_.isStopping_) server_.nextLook_.cancel(ignored); // it may have been the last one
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  TlsStream& stream() { return stream_; }

private:
  HttpsServer& server_;
  const IpAddress from_;
  TlsStream stream_;
};

HttpsServer::HttpsServer(const TlsIdentity& identity)
  : tls_{contextWith(identity)}
  , doors_{{.all = Connections::fitting(Connections::openFiles()), .fromOne = kMostFromOne}}
{
  std::signal(SIGPIPE, SIG_IGN); // whom we answer may have gone: an error, and not the end of the program
}

Result<std::unique_ptr<HttpsServer>> HttpsServer::open(const std::optional<IpAddress>& listen,
                                                       std::uint16_t port, const TlsIdentity& identity)
{
  std::unique_ptr<HttpsServer> server{new HttpsServer{identity}};
  if (!server->tls_) return failure(ErrorKind::unavailable, "The server's key cannot be used for TLS.");
  auto why = server->bind(listen.value_or(IpAddress::v6({})), port);
  if (why && !listen) why = server->bind(IpAddress::v4({}), port);
  if (!why) return server;
  return failure(
    ErrorKind::refused,
    fmt::format("TCP port {} cannot be opened on {}: another program has it, or this machine has no "
                "such address.",
                port, listen ? listen->text() : "this machine"));
}

std::error_code HttpsServer::bind(const IpAddress& address, std::uint16_t port)
{
  const tcp::endpoint endpoint{discovery::toAsio(address), port};
  std::error_code why;
  acceptor_ = tcp::acceptor{context_};
  acceptor_.open(endpoint.protocol(), why);
  if (why) return why;
  acceptor_.set_option(tcp::acceptor::reuse_address{true}, why); // after a restart; nobody shares the port
  if (!address.isV4()) acceptor_.set_option(asio::ip::v6_only{false}, why);
  acceptor_.bind(endpoint, why);
  if (!why) acceptor_.listen(kMayKnock, why);
  if (!why) port_ = acceptor_.local_endpoint(why).port();
  return why;
}

HttpsServer::~HttpsServer()
{
  stop();
}

void HttpsServer::start(Ask ask)
{
  ask_ = std::move(ask);
  running_ = std::thread{[this] { run(); }};
}

void HttpsServer::run()
{
  asio::co_spawn(context_, letIn(), asio::detached);
  asio::co_spawn(context_, watch(), asio::detached);
  context_.run();
}

void HttpsServer::stop()
{
  if (!running_.joinable()) return;
  asio::post(context_, [this] {
    isStopping_ = true;
    std::error_code ignored;
    acceptor_.close(ignored);
    for (auto* stream : inside_) stream->endHearing();
    nextLook_.cancel();
  });
  running_.join();
  crew_.shutdown();
}

asio::awaitable<void> HttpsServer::letIn()
{
  asio::steady_timer breath{context_};
  while (!isStopping_) {
    auto [why, socket] = co_await acceptor_.async_accept(as_tuple(asio::use_awaitable));
    if (isStopping_) co_return;
    if (!why) welcome(std::move(socket));
    if (!why) continue;
    breath.expires_after(kBreath);
    co_await breath.async_wait(as_tuple(asio::use_awaitable));
  }
}

/// As long as anybody is inside.
asio::awaitable<void> HttpsServer::watch()
{
  while (!isStopping_ || !inside_.empty()) {
    nextLook_.expires_after(kWatch);
    co_await nextLook_.async_wait(as_tuple(asio::use_awaitable));
    const auto now = TlsStream::Clock::now();
    for (auto* stream : inside_) stream->endIfLate(now);
  }
}

void HttpsServer::welcome(Socket socket)
{
  std::error_code why;
  const auto other = socket.remote_endpoint(why);
  if (why) return; // it has gone
  const auto from = addressNamed(other.address().to_string());
  if (!doors_.tryEnter(from)) return;
  socket.set_option(tcp::no_delay{true}, why);
  asio::co_spawn(context_, converse(std::move(socket), from), asio::detached);
}

asio::awaitable<void> HttpsServer::converse(Socket socket, IpAddress from)
{
  Visit visit{*this, std::move(socket), from};
  auto& stream = visit.stream();
  bool mayAsk = co_await stream.shakeHands();
  std::string text; // heard, and not understood yet
  while (mayAsk && !isStopping_) {
    auto heard = co_await hear(stream, text, from);
    if (!heard) co_return;
    mayAsk = co_await reply(stream, std::move(*heard));
  }
}

/// A question; nothing where that is over.
asio::awaitable<std::optional<HttpsServer::Heard>> HttpsServer::hear(TlsStream& stream, std::string& text,
                                                                     const IpAddress& from)
{
  bool goesOn = !text.empty(); // it has said more than was asked
  if (!goesOn) goesOn = co_await stream.waitForQuestion(kQuiet);
  stream.take(TlsStream::Turn::hearing);
  auto end = text.find(HttpHead::kEnd);
  while (goesOn && end == std::string::npos) {
    const auto known = std::max(text.size(), HttpHead::kEnd.size()) - HttpHead::kEnd.size();
    goesOn = text.size() < HttpHead::kLongest;
    if (goesOn) goesOn = co_await stream.hear(text, HttpHead::kLongest - text.size());
    end = text.find(HttpHead::kEnd, known);
  }
  if (!goesOn) co_return std::nullopt;
  const auto bodyAt = end + HttpHead::kEnd.size();
  auto head = HttpHead::parse(std::string_view{text}.substr(0, bodyAt));
  if (!head) co_return Heard{{}, true};
  const auto size = bodyAt + head->bodySize;
  if (head->waitsToGoOn && text.size() < size) {
    goesOn = co_await stream.say(kGoOn);
    stream.take(TlsStream::Turn::hearing);
  }
  if (goesOn) goesOn = co_await hearUpTo(stream, text, size);
  if (!goesOn) co_return std::nullopt;
  Heard heard{Question{std::move(head->method), std::move(head->path), text.substr(bodyAt, head->bodySize),
                       from, std::move(head->authorization)},
              head->isLast};
  text = text.substr(size); // and gives its room back: it may wait for long
  co_return heard;
}

asio::awaitable<bool> HttpsServer::hearUpTo(TlsStream& stream, std::string& text, std::size_t size)
{
  bool goesOn = true;
  while (goesOn && text.size() < size) goesOn = co_await stream.hear(text, size - text.size());
  co_return goesOn;
}

/// Whether more may be asked.
asio::awaitable<bool> HttpsServer::reply(TlsStream& stream, Heard heard)
{
  const bool hasBody = !heard.question || heard.question->method != "HEAD";
  Answer answer = malformed();
  if (heard.question) answer = co_await ask_(std::move(*heard.question));
  {
    const std::lock_guard counting{answersMutex_};
    ++answers_[answer.status];
  }
  const auto page = pageOf(answer, heard.isLast, hasBody);
  const bool isSaid = co_await stream.say(page);
  co_return isSaid && !heard.isLast;
}

asio::awaitable<HttpsServer::Answer> HttpsServer::apart(std::function<Answer()> work)
{
  struct Errand {
    std::optional<Answer> answer;
    asio::steady_timer done;
  };
  auto errand =
    std::make_shared<Errand>(Errand{{}, asio::steady_timer{context_, asio::steady_timer::time_point::max()}});
  crew_.enqueue([this, errand, work = std::move(work)] {
    auto answer = work();
    asio::post(context_, [errand, answer = std::move(answer)]() mutable {
      errand->answer = std::move(answer);
      errand->done.cancel();
    });
  });
  while (!errand->answer) co_await errand->done.async_wait(as_tuple(asio::use_awaitable));
  co_return std::move(*errand->answer);
}

std::map<int, std::uint64_t> HttpsServer::answers() const
{
  const std::lock_guard counting{answersMutex_};
  return answers_;
}

} // namespace tutti::serve
