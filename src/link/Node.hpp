#pragma once

#include <map>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <variant>
#include <vector>

#include <tutti/core/Datagram.hpp>
#include <tutti/discovery/Announcer.hpp>
#include <tutti/discovery/Expiry.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/link/AudioView.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/link/SessionState.hpp>
#include <tutti/link/Status.hpp>

#include "ChangeLog.hpp"
#include "Measurements.hpp"
#include "PeerTable.hpp"
#include "Proxies.hpp"
#include "Sessions.hpp"
#include "SyncMonitor.hpp"
#include <tutti/link/AnswerBudget.hpp>

namespace tutti::link {

/// A whole Link peer without sockets, clock or threads: datagrams, the time and local wishes go in; datagrams
/// to send and things that happened come out.
///
/// Threads: one at a time.
/// Errors:  none. What makes no sense is counted in `Status::refusals` and ignored.
/// Spec:    link 2 to 6.
class Node {
public:
  /// Which of the gateway's sockets a datagram leaves by.
  enum class Socket { discovery, measurement };
  struct Send {
    GatewayAddress gateway;
    Socket socket = Socket::discovery;
    std::optional<Endpoint> to; ///< Nothing: to the group.
    Datagram datagram;
  };
  struct PeerCountChanged {
    std::size_t peers = 0;
  };
  struct TempoChanged {
    time::Tempo tempo;
  };
  struct StartStopChanged {
    bool isPlaying = false;
  };
  using Action = std::variant<Send, PeerCountChanged, TempoChanged, StartStopChanged>;
  using Actions = std::vector<Action>;

  Node(time::Tempo tempo, std::uint64_t seed, HostTime now);

  Actions enable(HostTime now);
  /// Says goodbye on every gateway and forgets them.
  Actions disable(HostTime now);
  [[nodiscard]] bool isEnabled() const { return isEnabled_; }

  Actions openGateway(const discovery::LocalAddress& local, const Endpoint& measurement, HostTime now);
  Actions closeGateway(const GatewayAddress& address, HostTime now);

  Actions receiveDiscovery(const GatewayAddress& address, std::span<const std::byte> datagram,
                           const Endpoint& from, HostTime now);
  Actions receiveMeasurement(const GatewayAddress& address, std::span<const std::byte> datagram,
                             const Endpoint& from, HostTime now);
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// Our own program changed something at `at`; the parts that are there.
  struct Commit {
    std::optional<time::HostTimeline> timeline;
    std::optional<StartStop> startStop;
    HostTime at{};
    std::optional<NodeId> session{}; ///< That `timeline` was captured in; none: the one we are in.
  };
  Actions commit(const Commit& change, HostTime now);
  /// What the bridge of this site asks; nothing of it happens before `BeginBridging`.
  Actions carry(const BridgeOrder& order, HostTime now);
  /// What the bridge has to know.
  [[nodiscard]] LanView lan() const;

  /// Where our Link Audio is to be found; each gateway that it changes for announces it at once.
  Actions offerAudio(AudioSockets sockets, HostTime now);
  /// What Link Audio has to know.
  [[nodiscard]] AudioView audio() const;

  void setFollowsStartStop(bool follows) { sessions_.setFollowsStartStop(follows); }
  [[nodiscard]] bool followsStartStop() const { return sessions_.followsStartStop(); }

  [[nodiscard]] const NodeId& id() const { return id_; }
  [[nodiscard]] std::size_t peerCount() const { return peerCount_; }
  [[nodiscard]] const Sessions& sessions() const { return sessions_; }
  [[nodiscard]] const PeerTable& peers() const { return peers_; }
  /// What others have made us remember: bounded, whatever they say.
  struct Burden {
    std::size_t entries = 0;      ///< In the peer table.
    std::size_t expected = 0;     ///< Peers whose silence would be noticed: as many as entries.
    std::size_t sessions = 0;     ///< Others than ours.
    std::size_t measurements = 0; ///< Under way.
  };
  [[nodiscard]] Burden burden() const;
  /// All but the gateways, which the shell knows better.
  [[nodiscard]] Status status(HostTime now) const;

private:
  struct Gateway {
    discovery::LocalAddress local;
    Endpoint measurement;
    discovery::Announcer announcer;
    discovery::Expiry expiry;
  };

  void count(discovery::MessageFault fault);
  void hear(Gateway& gateway, const discovery::Message& message, const Endpoint& from, HostTime now);
  void respond(Gateway& gateway, const Endpoint& to, HostTime now);
  void learn(Gateway& gateway, const discovery::Message& message, const Endpoint& from, HostTime now);
  void considerTimeline(const PeerTable::Key& key, const PeerTable::Entry& entry, bool isNew, HostTime now);
  void answerPing(const Gateway& gateway, std::span<const std::byte> payload, const Endpoint& from,
                  HostTime now);
  void considerStartStop(const PeerTable::Key& key, const PeerTable::Entry& entry, HostTime now);
  void lose(const Gateway& gateway, const NodeId& id, const Endpoint& from, HostTime now);
  static bool isForeignVoice(const PeerTable::Entry& known, const Endpoint& from, HostTime now);
  static bool isOvertaken(const PeerTable::Key& key, const PeerTable::Entry& known, const PeerState& state,
                          HostTime now);
  void forget(const PeerTable::Key& key);

  void measure(const NodeId& session, Measurements::Purpose purpose, HostTime now);
  void probe(HostTime now);
  void perform(const Measurements::Actions& actions, HostTime now);
  void conclude(const Measurements::Outcome& outcome, HostTime now);
  void concludeComparison(const Measurements::Outcome& outcome, HostTime now);

  void obey(const BeginBridging& order, HostTime now);
  void obey(const EndBridging& order, HostTime now);
  void obey(const AdoptSession& order, HostTime now);
  void obey(const OfferState& order, HostTime now);
  void obey(const SteerClock& order, HostTime now);
  void obey(const UseClock& order, HostTime now);
  void obey(const SpeakFor& order, HostTime now);
  void announceProxies();
  void forgetDistant(HostTime now);
  void sayGoodbye(const std::vector<NodeId>& ids);
  void dropFormerId();
  [[nodiscard]] bool isOwnVoice(const discovery::Message& message) const;
  [[nodiscard]] std::size_t countPeers() const;
  NodeId drawOwnId();
  void distrust(const PeerTable::Key& key, const Endpoint& source);

  void remeasure(HostTime now);
  void dropGateway(const GatewayAddress& address, HostTime now);
  void recount(HostTime now);
  void reset(HostTime now);
  void announce(Gateway& gateway);
  void announceChange(HostTime now);
  [[nodiscard]] PeerState stateOn(const Gateway& gateway) const;
  Actions finish(HostTime now);

  std::mt19937_64 random_;
  NodeId id_;
  Sessions sessions_;
  PeerTable peers_;
  Measurements measurements_;
  std::map<GatewayAddress, Gateway> gateways_;
  AudioSockets audio_;
  AnswerBudget budget_;
  AnswerBudget newcomers_; // how many names a source may bring: each costs us a look through the table
  SyncMonitor monitor_;
  ChangeLog changes_;
  Refusals refusals_;

  /// Who we were a moment ago.
  struct Former {
    NodeId id;
    HostTime until;
  };

  std::optional<Marker> marker_; // while we are a bridge's
  std::optional<Former> former_;
  Proxies proxies_;
  std::set<NodeId> counted_; // who is in our session elsewhere
  ClockSource clock_ = ClockSource::peers;
  std::optional<Poisoner> poisoner_;

  bool isEnabled_ = false;
  std::size_t peerCount_ = 0;
  std::optional<HostTime> remeasureAt_;
  std::optional<Estimate> estimate_;
  time::Tempo reportedTempo_;
  bool reportedPlaying_ = false;
  std::optional<IpAddress> doer_; // whose datagram is being handled
  Actions outbox_;
};

} // namespace tutti::link
