#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <httplib.h>
#include <openssl/ssl.h>

namespace tutti::serve {

/// One connection as the directory bears it: who asks may say so many bytes, in so much time all in all, and
/// has as long to hear the answer. Whoever says more or is slower is heard no further.
///
/// Threads: one at a time; blocks. The socket stays its owner's.
class TlsStream final : public httplib::Stream {
public:
  using Clock = std::chrono::steady_clock;

  TlsStream(int socket, SSL_CTX* context, Clock::duration patience);
  ~TlsStream() override;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  [[nodiscard]] bool shakeHands();

  /// Whether something is said within this time. If so, this much may be.
  [[nodiscard]] bool waitForQuestion(Clock::duration quiet, std::size_t largest);
  /// More of the same question.
  void allow(std::size_t bytes) { left_ += bytes; }
  /// It was too much, too slow, or is over.
  [[nodiscard]] bool isOver() const { return isOver_; }

  [[nodiscard]] bool is_readable() const override { return !isOver_; }
  [[nodiscard]] bool is_writable() const override { return !isOver_; }
  ssize_t read(char* into, size_t size) override;
  ssize_t write(const char* bytes, size_t size) override;
  void get_remote_ip_and_port(std::string& address, int& port) const override;
  void get_local_ip_and_port(std::string& address, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

private:
  enum class Turn { hearing, answering };
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  template <class Step> int untilDone(Step step);
  void take(Turn turn);

  const int socket_;
  const Clock::duration patience_;
  std::unique_ptr<SSL, Free> tls_;
  Turn turn_ = Turn::hearing;
  Clock::time_point until_;
  std::size_t left_ = 0;
  bool isOver_ = false;
};

/// How the other end of a socket is called, as a number; empty where there is none.
std::string remoteAddress(int socket);

} // namespace tutti::serve
