#pragma once

#include <tutti/net/TurnClient.hpp>

#include "TurnInquiry.hpp"
#include "TurnPeers.hpp"
#include "TurnRenewal.hpp"

namespace tutti::net {

/// The relay itself: asks for it, keeps it, gives it up. Peers are the business of `TurnPeers`, when to ask
/// for credentials that of `TurnRenewal`; this routes between them.
class TurnClient::Machinery {
public:
  Machinery(const Endpoint& server, TurnCredentials credentials, Options options);

  void start(HostTime now, Actions& out);
  void disconnected(HostTime now, Actions& out);
  void receive(std::span<const std::byte> bytes, const Endpoint& from, HostTime at, Actions& out);
  void advance(HostTime now, Actions& out);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;
  void want(const Endpoint& peer, bool withChannel, HostTime now, Actions& out);
  void forget(const Endpoint& peer, HostTime now, Actions& out);
  void renew(TurnCredentials credentials, HostTime now, Actions& out);
  void suspect(HostTime now, Actions& out);
  void release(HostTime now, Actions& out);
  [[nodiscard]] const TurnServer& server() const { return server_; }
  [[nodiscard]] const TurnRoutes& routes() const { return routes_; }

private:
  enum class Phase {
    resting,    // not started, disconnected, or let go
    waiting,    // for the next try
    allocating, // asked for a relay
    open,       // there is one
    clearing,   // lets one go, to ask for another
    leaving,    // lets it go for good
    refused,    // credentials are wrong: waits for others
  };
  void allocate(HostTime now, Actions& out);
  void refresh(HostTime now, Actions& out);
  void askToStay(HostTime now, Actions& out);
  void giveBack(Phase phase, HostTime now, Actions& out);
  /// Whatever is due now, after something happened or time has passed.
  void carryOn(HostTime now, Actions& out);

  void settle(const TurnInquiry::Answer& answer, const stun::Message* message, HostTime now, Actions& out);
  void allocationRefused(int code, const stun::Message* message, HostTime now, Actions& out);
  void refreshRefused(int code, HostTime now, Actions& out);
  void opened(const stun::Message& message, HostTime now, Actions& out);
  void refreshed(const stun::Message& message, HostTime now, Actions& out);
  void cleared(HostTime now, Actions& out);
  void redirected(const stun::Message& message, HostTime now, Actions& out);
  void keepUntil(const stun::Message& message, HostTime now);
  void take(TurnPeers::Trouble trouble, HostTime now, Actions& out);

  void fallSilent(HostTime now, Actions& out);
  void relayGone(HostTime now, Actions& out);
  void lose(Error why, HostTime now, Actions& out);
  void hearNothing(HostTime now, Actions& out);
  void reconnect(Actions& out);
  void endRelay(Actions& out);
  void tryNextCredentials(HostTime now, Actions& out);
  void adoptNextCredentials(HostTime now);
  void tryNext(HostTime now, Actions& out);
  void takeBackCredentials(int code, HostTime now, Actions& out);
  void tellEnd(Actions& out);
  void changeOver(HostTime now, Actions& out);
  void publish(Actions& out);
  [[nodiscard]] bool arePeersServed() const { return phase_ == Phase::open && !isSilent_ && !former_; }
  [[nodiscard]] bool isStream() const { return server_.transport == TurnTransport::stream; }

  static constexpr Micros kFirstPatience = std::chrono::seconds{1};

  Phase phase_ = Phase::resting;
  TurnServer server_;
  Endpoint home_; // the server that we were told of, before it pointed to others
  bool outlivesCredentials_ = true;
  int redirections_ = 0;
  TurnInquiry inquiry_;
  TurnPeers peers_;
  TurnRenewal renewal_;
  std::optional<TurnCredentials> former_;    // while the server is asked whether it takes new ones
  std::optional<TurnCredentials> successor_; // while the relay of the old ones is given back
  bool hasCleared_ = false;                  // an older relay, in this round of tries
  bool areRefused_ = false;                  // our credentials, for the relay that there is
  bool isEndTold_ = false;
  bool isSilent_ = false; // the server, while there is a relay
  std::optional<Endpoint> relayed_;
  std::optional<Endpoint> seenAs_;
  std::optional<HostTime> due_; // the next question: a refresh, or another try
  HostTime askedAt_{};
  HostTime clearedAt_{};
  HostTime endsAt_{};
  Micros patience_ = kFirstPatience; // before the next try
  TurnRoutes routes_;
};

} // namespace tutti::net
