#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <openssl/ssl.h>

namespace tutti::serve {

/// One connection as the directory bears it: who asks has so much time all in all, and as long to hear the
/// answer. Whoever is slower is heard no further.
///
/// It takes OpenSSL as it is: Asio's own TLS stream keeps 70 KB of buffers for each connection, also for
/// those that wait.
///
/// Threads: *net*; whoever has it calls `endIfLate` now and then.
class TlsStream {
public:
  using Clock = std::chrono::steady_clock;
  enum class Turn { hearing, answering };

  TlsStream(asio::ip::tcp::socket socket, SSL_CTX* context, Clock::duration patience);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  [[nodiscard]] asio::awaitable<bool> shakeHands();
  /// Whether something is said within this time.
  [[nodiscard]] asio::awaitable<bool> waitForQuestion(Clock::duration quiet);
  /// Each side's turn has its own time: what the directory thinks in between is not theirs.
  void take(Turn turn);
  /// Something more, at most so many bytes. False: it was too slow, or is over.
  [[nodiscard]] asio::awaitable<bool> hear(std::string& into, std::size_t most);
  [[nodiscard]] asio::awaitable<bool> say(std::string_view text);

  /// Whoever waits for the other side then waits no longer.
  void endIfLate(Clock::time_point now);
  /// We are about to go: nothing more is heard.
  void endHearing();

private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  template <class Step> asio::awaitable<int> untilDone(Step step);
  asio::awaitable<bool> isReady(asio::ip::tcp::socket::wait_type what);

  asio::ip::tcp::socket socket_;
  const Clock::duration patience_;
  std::unique_ptr<SSL, Free> tls_;
  Turn turn_ = Turn::hearing;
  Clock::time_point until_;
  bool isOver_ = false;
};

} // namespace tutti::serve
