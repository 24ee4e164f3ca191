#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <asio/io_context.hpp>

#include <tutti/net/TurnClient.hpp>

namespace tutti::net {

/// A relay reached by TCP or TLS, for networks that let nothing else out. It connects, finds the borders of
/// messages, keeps the time, and connects again after whatever ends the connection: the first time after
/// 50 ms, then ever more patiently.
///
/// With TLS the server has to prove who it is: by a certificate that the system trusts and that names
/// `hostName`, or by its public key where that is pinned.
///
/// A stream that does not keep up loses packets here, not minutes later at its other end: what does not fit
/// into 64 kB is dropped.
///
/// Threads: all calls and callbacks on the thread that runs the `io_context`. It may be destroyed in a
/// callback; there is none after that.
/// Errors:  `Lost` with a sentence, also where nobody answers or the certificate is wrong.
/// Spec:    RFC 8656 3.1 and 12.5, RFC 8489 6.2.2 and 6.2.3.
class TurnConnection {
public:
  /// SHA-256 of the server's public key (SubjectPublicKeyInfo), as in an invitation.
  using PublicKeyPin = std::array<std::byte, 32>;

  struct Target {
    Endpoint server;
    std::string hostName; ///< that the certificate must name; an address will do
    bool isTls = true;
    std::optional<PublicKeyPin> pin;
  };
  struct Listener {
    /// Everything but `Send`, `RoutesChanged` and `Reconnect`, which are this class's own business.
    std::function<void(const TurnClient::Action&)> happened;
    std::function<void(const Endpoint& peer, std::span<const std::byte> payload, HostTime at)> heard;
  };

  /// Connects at once; `options.transport` is a stream whatever it says.
  TurnConnection(asio::io_context& context, Target target, TurnCredentials credentials,
                 TurnClient::Options options, Listener listener);
  ~TurnConnection();
  TurnConnection(const TurnConnection&) = delete;
  TurnConnection& operator=(const TurnConnection&) = delete;

  /// See `TurnClient`.
  void permit(const Endpoint& peer);
  void bindChannel(const Endpoint& peer);
  void forget(const Endpoint& peer);
  void renew(TurnCredentials credentials);
  void suspect();
  /// `Released` comes when the server has let go, or the connection has ended.
  void release();

  /// False where the relay does not reach the peer, and where the stream does not keep up.
  bool trySend(const Endpoint& peer, std::span<const std::byte> payload);

private:
  class Shell;
  std::shared_ptr<Shell> shell_;
};

} // namespace tutti::net
