#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <tutti/room/Ensemble.hpp>

#include "MediaPort.hpp"
#include "OwnRelays.hpp"
#include "RelayConnections.hpp"

namespace tutti::room {

/// Brings our relays together with what they need: ports and connections on one side, the room on the other.
///
/// What the room wants of them is kept until `advance`: neither is told anything while it speaks.
///
/// Threads: the media thread only.
class SessionRelays {
public:
  using Perform = std::function<void(const Ensemble::Actions&)>;
  using Hear = std::function<void(const MediaPort::Arrival&)>;

  SessionRelays(MediaPort& media, RelayConnections& connections, Ensemble& ensemble, Perform perform,
                std::function<void()> askForLeave);

  void start(HostTime now) { carryOut(relays_.start(now), now); }
  void leaveGiven(const TurnLeave& leave, HostTime now) { carryOut(relays_.leaveGiven(leave, now), now); }
  void leaveRefused(OwnRelays::Refusal refusal, HostTime now)
  {
    carryOut(relays_.leaveRefused(refusal, now), now);
  }
  void networkChanged(HostTime now) { carryOut(relays_.networkChanged(now), now); }
  void release(HostTime now) { carryOut(relays_.release(now), now); }
  [[nodiscard]] bool areGone() const { return relays_.areGone(); }

  void want(const Ensemble::AskRelays& ask) { wanted_ = ask; }
  void suspect(const Endpoint& relay) { suspected_.push_back(relay); }

  /// False for what no server of ours has sent: it is the room's.
  bool takeFromServer(OwnRelays::Port port, const net::Incoming& packet);
  void takeFromConnections(HostTime now, const Hear& hear);

  void advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const { return relays_.nextDeadline(); }

private:
  void carryOut(const OwnRelays::Actions& actions, HostTime now);
  void carryOut(const OwnRelays::Action& action, HostTime now);

  MediaPort& media_;
  RelayConnections& connections_;
  Ensemble& ensemble_;
  Perform perform_;
  std::function<void()> askForLeave_;
  OwnRelays relays_;
  std::vector<OwnRelays::Carrier> carriers_;
  std::optional<Ensemble::AskRelays> wanted_;
  std::vector<Endpoint> suspected_;
};

} // namespace tutti::room
