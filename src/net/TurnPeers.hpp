#pragma once

#include <vector>

#include "TurnInquiry.hpp"

namespace tutti::net {

/// Whom our relay forwards to us: each wanted peer keeps its permission, and its channel if media takes that
/// path.
///
/// Binding a channel permits too, so a peer needs one question at a time. A channel that nobody wants any
/// more stays its peer's until the server has forgotten it: bound to another one before, both would be
/// refused.
///
/// Spec: RFC 8656 sections 9 and 12.
class TurnPeers {
public:
  TurnPeers(Micros permissionLifetime, Micros channelLifetime);

  void want(const Endpoint& endpoint, bool withChannel, HostTime now, TurnClient::Actions& out);
  void forget(const Endpoint& endpoint);

  /// There is a new relay, which knows nobody.
  void beginAnew(HostTime now);
  /// The server was silent for a while: it may know them all still, or none.
  void askAgain(HostTime now);
  /// There is none: no question is open, nobody is permitted.
  void stop();

  /// What one of our questions brought up that concerns the relay as a whole.
  enum class Trouble { none, silence, relayGone };
  Trouble advance(HostTime now, TurnServer& server, TurnClient::Actions& out);
  Trouble hear(const stun::Message& message, HostTime now, TurnServer& server, TurnClient::Actions& out);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  void addTo(TurnRoutes& routes) const;
  /// Whether `addTo` would add others than the last time that this was asked.
  bool haveChanged();

private:
  struct Peer {
    Endpoint at;
    bool isWanted = true;
    bool wantsChannel = false;
    std::uint16_t channel = 0;
    bool isPermitted = false;
    bool isBound = false;
    int channelsRefused = 0;
    std::optional<HostTime> due; // nothing: the server does not want it
    HostTime channelFreeAt{};
    TurnInquiry inquiry;
  };
  Peer* find(const Endpoint& peer);
  void ask(Peer& peer, HostTime now, TurnServer& server, TurnClient::Actions& out);
  Trouble settle(Peer& peer, const TurnInquiry::Answer& answer, HostTime now, TurnClient::Actions& out);
  void granted(Peer& peer, HostTime now, TurnClient::Actions& out);
  Trouble refused(Peer& peer, int code, HostTime now, TurnClient::Actions& out);
  void giveUp(Peer& peer, Error why, TurnClient::Actions& out);
  std::uint16_t drawChannel();
  [[nodiscard]] std::size_t openInquiries() const;

  Micros permissionLifetime_;
  Micros channelLifetime_;
  std::vector<Peer> peers_;
  std::uint16_t nextChannel_;
  bool haveChanged_ = false;
};

} // namespace tutti::net
