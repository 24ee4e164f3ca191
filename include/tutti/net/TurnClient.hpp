#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/net/TurnCredentials.hpp>
#include <tutti/net/TurnRoutes.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// A relay of our own at a TURN server: a public address that forwards to us whom we permit.
///
/// Feed it what the server says and the time; it answers with things to send and things that happened. It
/// asks for a relay, keeps it, permits peers and binds channels for as long as they are wanted, and comes
/// back by itself after whatever happens to the server: `Relayed` says so, often with another address. Media
/// does not pass through it but through its `routes()`.
///
/// *Credentials* that end are asked for in good time (`NeedsCredentials`). A relay belongs to the name that
/// made it (RFC 8656 5), and most servers let nobody else renew it. Those we know let the old name renew it
/// beyond its end, so it is kept, without a gap, and the new name waits for the next relay. Where a server
/// does not, `Ending` comes while the relay still forwards, for minutes: whoever opens a second client from
/// another port then, and releases the first once packets flow by the second, has no gap. On a stream a new
/// connection is such a port: `Reconnect` comes by itself.
///
/// *On a stream* call `start` when the connection to `server()` is there and `disconnected` when it is gone;
/// `receive` takes what `TurnDeframer` found.
///
/// It believes the server only, and of the server only answers to what it asked, with a right seal. It sends
/// to no other address than the server's, and those that the server points to (300): three of them at most, a
/// few questions each.
///
/// Threads: one at a time, any. Holds no socket and starts no thread.
/// Units:   all times are `HostTime`; lifetimes on the wire are whole seconds.
/// Errors:  `Lost` and `Unreachable` as actions, with a sentence. Never throws for what a server sends.
/// Spec:    RFC 8656; RFC 8489 sections 6.2, 9.2 and 10.
class TurnClient {
public:
  struct Options {
    TurnTransport transport = TurnTransport::datagrams;
    IpAddress::Family family = IpAddress::Family::v4;    ///< of the relay, and so of all peers
    Micros permissionLifetime = std::chrono::minutes{5}; ///< RFC 8656 9; renewed at half of it
    Micros channelLifetime = std::chrono::minutes{10};   ///< RFC 8656 12; renewed at half of it
    /// False for a server known to end relays with their credentials: the relay is then given back shortly
    /// before, and made anew under the new name. That takes three round trips, and coturn a second.
    bool outlivesCredentials = true;
    std::function<stun::TransactionId()> draw; ///< nothing: random ones
  };

  /// On datagrams: to this address, always `server()`. On a stream: into it.
  struct Send {
    Endpoint to;
    ByteString bytes;
  };
  /// There is a relay: peers reach us at `relayed`. All wanted peers are being permitted.
  struct Relayed {
    Endpoint relayed;
    std::optional<Endpoint> seenAs; ///< our own address, as the server sees it
  };
  /// Packets pass between us and this peer.
  struct Reachable {
    Endpoint peer;
  };
  /// They do not, and it is not tried again before the next `permit`.
  struct Unreachable {
    Endpoint peer;
    Error why;
  };
  /// Hand `routes()` to whoever packs media.
  struct RoutesChanged {};
  /// Call `renew` soon: the ones in use end, or are refused. Said again until then.
  struct NeedsCredentials {};
  /// The server does not renew the relay, as its credentials have ended: it forwards until then at the most.
  struct Ending {
    HostTime at;
  };
  /// There is no relay (any more). It is tried again, unless that takes other credentials.
  struct Lost {
    Error why;
  };
  /// On a stream: close the connection, open one to `server()`. At once, or as patiently as you think right.
  struct Reconnect {};
  /// The server has let the relay go, or did not answer: nothing more will happen.
  struct Released {};
  using Action = std::variant<Send, Relayed, Reachable, Unreachable, RoutesChanged, NeedsCredentials, Ending,
                              Lost, Reconnect, Released>;
  using Actions = std::vector<Action>;

  TurnClient(const Endpoint& server, TurnCredentials credentials, Options options);
  TurnClient(const Endpoint& server, TurnCredentials credentials);
  ~TurnClient();
  TurnClient(TurnClient&&) noexcept;
  TurnClient& operator=(TurnClient&&) noexcept;

  /// Asks for a relay: once on datagrams, on each new connection on a stream.
  Actions start(HostTime now);
  Actions disconnected(HostTime now);

  /// One message from the server. What is not an answer to us is ignored, and never answered.
  Actions receive(std::span<const std::byte> message, const Endpoint& from, HostTime at);
  /// Do what is due at `now`. Call no later than `nextDeadline()`.
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// Let packets of this peer's address pass, as long as it is wanted. Enough for checks; at most 64 peers.
  Actions permit(const Endpoint& peer, HostTime now);
  /// And give it a channel: for a path that media takes.
  Actions bindChannel(const Endpoint& peer, HostTime now);
  /// It is not wanted any more.
  Actions forget(const Endpoint& peer, HostTime now);

  /// Others from now on, or later if the server does not take them for the relay that there is.
  Actions renew(TurnCredentials credentials, HostTime now);
  /// Nothing comes through the relay although something should: ask the server now.
  Actions suspect(HostTime now);
  /// Lets the relay go.
  Actions release(HostTime now);

  [[nodiscard]] Endpoint server() const;
  [[nodiscard]] const TurnRoutes& routes() const;

private:
  class Machinery;
  std::unique_ptr<Machinery> machinery_;
};

} // namespace tutti::net
