#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <string>

#include <tutti/core/Descriptor.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/serve/StoreUrl.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// Bytes to a store and back, over TCP, TLS or a socket of this machine. A TLS certificate must be signed by
/// whom we trust, for the host of the store's address.
///
/// Threads: one at a time. `open` waits for at most two seconds, or until `stop` can be read; the rest does
///          not wait.
/// Errors:  `unavailable` with a sentence; then it is of no use any more.
class StoreConnection {
public:
  static Result<std::unique_ptr<StoreConnection>> open(const StoreOptions& options, int stop);

  /// What to wait for.
  [[nodiscard]] net::Watch watch() const;

  /// What has come; nothing where nothing has.
  Result<std::span<const std::byte>> read();
  void send(const std::string& bytes) { unsent_ += bytes; }
  /// As much of it as goes now.
  Result<void> flush();

private:
  struct FreeTls {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };
  explicit StoreConnection(Descriptor socket);
  Result<void> secure(const StoreOptions& options, HostTime deadline, int stop);
  [[nodiscard]] bool mayTryAgain(int done) const;

  Descriptor socket_;
  std::unique_ptr<SSL, FreeTls> tls_;
  std::string unsent_;
  std::unique_ptr<std::array<std::byte, std::size_t{64} << 10U>> buffer_;
};

} // namespace tutti::serve
