#pragma once

#include <memory>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <openssl/ssl.h>

namespace tutti::test {

/// Somebody who is connected to a server on this machine, and says nothing.
class TcpGuest {
public:
  explicit TcpGuest(std::uint16_t port)
    : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
  {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    isConnected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~TcpGuest() { ::close(socket_); }
  TcpGuest(const TcpGuest&) = delete;
  TcpGuest& operator=(const TcpGuest&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  [[nodiscard]] bool isConnected() const { return isConnected_; }

private:
  int socket_;
  bool isConnected_ = false;
};

/// Somebody who speaks TLS with a server on this machine, and says what it likes.
class TlsGuest {
public:
  explicit TlsGuest(std::uint16_t port)
    : tcp_{port}
    , context_{SSL_CTX_new(TLS_client_method())}
    , tls_{SSL_new(context_.get())}
  {
    SSL_set_fd(tls_.get(), tcp_.socket());
    isIn_ = tcp_.isConnected() && SSL_connect(tls_.get()) == 1;
  }
  TlsGuest(const TlsGuest&) = delete;
  TlsGuest& operator=(const TlsGuest&) = delete;

  [[nodiscard]] bool isIn() const { return isIn_; }
  bool say(const std::string& text)
  {
    return SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0;
  }
  /// So much, or all that comes until the server ends it.
  std::string hear(std::size_t most)
  {
    std::string heard(most, ' ');
    std::size_t count = 0;
    while (count < most) {
      const int size = SSL_read(tls_.get(), heard.data() + count, static_cast<int>(most - count));
      if (size <= 0) break;
      count += static_cast<std::size_t>(size);
    }
    heard.resize(count);
    return heard;
  }
  /// All that comes until the server ends it.
  std::string hearOut()
  {
    std::string heard;
    std::string piece(4096, ' ');
    for (;;) {
      const int size = SSL_read(tls_.get(), piece.data(), static_cast<int>(piece.size()));
      if (size <= 0) return heard;
      heard.append(piece, 0, static_cast<std::size_t>(size));
    }
  }

private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  TcpGuest tcp_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> tls_;
  bool isIn_ = false;
};

} // namespace tutti::test
