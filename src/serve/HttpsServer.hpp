#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <openssl/ssl.h>

#include <tutti/core/Result.hpp>
#include <tutti/serve/Connections.hpp>
#include <tutti/serve/Directory.hpp>

#include "Crew.hpp"
#include "Doors.hpp"
#include "TlsIdentity.hpp"
#include "TlsStream.hpp"

namespace tutti::serve {

/// HTTPS as the directory's guests need it, and no more: a question says how long it is, is not packed, and
/// has a body of at most 64 KiB and a head of at most 8; whoever sends another one is told so, and the
/// connection ends. Who has too many connections already is turned away before TLS begins.
///
/// Each connection is a coroutine, so whoever waits, for news or with half a question, costs a little memory
/// and no thread.
///
/// Threads: *any*; one of its own bears all connections, and some more whatever may take its time.
/// Errors:  `refused` with a sentence where the port is taken; `unavailable` where the key is of no use.
/// Spec:    RFC 9112; room R-11.
class HttpsServer {
public:
  using Question = Directory::Question;
  using Answer = Directory::Answer;
  /// Called on the server's thread, which it must not hold up.
  using Ask = std::function<asio::awaitable<Answer>(Question)>;

  /// The whole of the largest room behind one address: each polls, and says something now and then.
  static constexpr std::size_t kMostFromOne = 128;
  static constexpr std::size_t kMostApart = 256; // threads

  /// All addresses of this machine without one; any free port where it is 0.
  static Result<std::unique_ptr<HttpsServer>> open(const std::optional<IpAddress>& listen, std::uint16_t port,
                                                   const TlsIdentity& identity);
  ~HttpsServer();
  HttpsServer(const HttpsServer&) = delete;
  HttpsServer& operator=(const HttpsServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Where questions are answered.
  [[nodiscard]] asio::io_context& context() { return context_; }

  /// Once.
  void start(Ask ask);
  /// What was asked is answered still, and nothing more is heard. Whoever asks us must not wait any more.
  void stop();

  /// For what takes its time; on the server's thread.
  asio::awaitable<Answer> apart(std::function<Answer()> work);

  /// How many questions were answered, by status.
  [[nodiscard]] std::map<int, std::uint64_t> answers() const;

private:
  using Socket = asio::ip::tcp::socket;
  struct Heard {
    std::optional<Question> question; // or one that nobody understands
    bool isLast = false;
  };
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  class Visit;

  explicit HttpsServer(const TlsIdentity& identity);
  std::error_code bind(const IpAddress& address, std::uint16_t port);
  void run();
  asio::awaitable<void> letIn();
  asio::awaitable<void> watch();
  void welcome(Socket socket);
  asio::awaitable<void> converse(Socket socket, IpAddress from);
  asio::awaitable<std::optional<Heard>> hear(TlsStream& stream, std::string& text, const IpAddress& from);
  asio::awaitable<bool> hearUpTo(TlsStream& stream, std::string& text, std::size_t size);
  asio::awaitable<bool> reply(TlsStream& stream, Heard heard);

  std::unique_ptr<SSL_CTX, Free> tls_;
  std::uint16_t port_ = 0;
  Ask ask_;
  mutable std::mutex answersMutex_;
  std::map<int, std::uint64_t> answers_; // statuses are ours, so they are few
  Doors doors_;
  std::set<TlsStream*> inside_;
  bool isStopping_ = false; // as the server's thread sees it
  Crew crew_{kMostApart};
  asio::io_context context_{1};
  asio::ip::tcp::acceptor acceptor_{context_};
  asio::steady_timer nextLook_{context_};
  std::thread running_;
};

} // namespace tutti::serve
