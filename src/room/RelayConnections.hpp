#pragma once

#include <memory>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/net/Doorbell.hpp>

#include "OwnRelays.hpp"

namespace tutti::room {

/// Relays that are reached by TCP or TLS, where a network lets nothing else out: on a thread of their own,
/// which begins with the first of them.
///
/// Threads: `trySend` one at a time (the sender's), the rest one at a time (the media thread's). `bell` is
///          rung when there is news, which waits until it is taken.
class RelayConnections {
public:
  explicit RelayConnections(const net::Doorbell& bell);
  ~RelayConnections();
  RelayConnections(const RelayConnections&) = delete;
  RelayConnections& operator=(const RelayConnections&) = delete;

  void connect(const OwnRelays::Connect& wish);
  void tell(const OwnRelays::Tell& wish);
  void disconnect(OwnRelays::Number number);

  /// Copied, and sent soon. False where the connection does not keep up.
  bool trySend(OwnRelays::Number number, const Endpoint& peer, std::span<const std::byte> packet);

  struct Happened {
    OwnRelays::Number number = 0;
    net::TurnClient::Action action;
  };
  /// A peer's packet, without what the relay put around it.
  struct Heard {
    OwnRelays::Number number = 0;
    Endpoint peer;
    ByteString bytes;
    HostTime at;
  };
  using News = std::variant<Happened, Heard>;
  std::vector<News> take();

private:
  class Thread;

  const net::Doorbell& bell_;
  std::unique_ptr<Thread> thread_;
};

} // namespace tutti::room
