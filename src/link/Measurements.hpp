#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "Measurement.hpp"
#include "PeerTable.hpp"

namespace tutti::link {

/// The measurements that are under way, each of one peer through one gateway. A pong belongs to the one whose
/// peer it comes from.
///
/// At most 32 at a time: strangers can announce sessions faster than anyone can measure them.
///
/// Threads: one at a time.
class Measurements {
public:
  enum class Purpose {
    compare, ///< Is that other session older than ours?
    follow,  ///< How does our own session's clock run now?
    probe,   ///< How far is this peer from us? For the eye only.
  };

  struct Ping {
    GatewayAddress gateway;
    Endpoint to;
    Datagram datagram;
  };
  struct Outcome {
    enum class Kind { settled, refined, failed };
    PeerTable::Key peer;
    NodeId session;
    Purpose purpose = Purpose::compare;
    Kind kind = Kind::failed;
    Estimate estimate;
  };
  using Action = std::variant<Ping, Outcome>;
  using Actions = std::vector<Action>;

  /// Replaces a running one of the same peer; that one's result is then never told. Nothing happens when all
  /// places are taken.
  Actions start(const PeerTable::Key& peer, const Endpoint& to, const NodeId& session, Purpose purpose,
                Measurement::Plan plan, HostTime now);

  /// True: somebody waited for this pong.
  bool receive(const GatewayAddress& gateway, const Endpoint& from, const Pong& pong, HostTime now,
               Actions& actions);
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  [[nodiscard]] bool isRunning(const PeerTable::Key& peer) const { return running_.contains(peer); }
  /// Whether it is being found out which of `session` and ours is older.
  [[nodiscard]] bool isComparing(const NodeId& session) const;
  [[nodiscard]] bool isFull() const { return running_.size() >= kMost; }
  /// One address cannot take all places, however many sessions it invents.
  [[nodiscard]] bool hasRoomFor(const IpAddress& address) const;
  [[nodiscard]] std::size_t size() const { return running_.size(); }
  void stopGateway(const GatewayAddress& gateway);
  void stopAll() { running_.clear(); }

  /// The session measured for comparison stays another one: enough is known.
  void cancel(const PeerTable::Key& peer) { running_.erase(peer); }
  /// It became ours: go on for a better estimate of its clock.
  void follow(const PeerTable::Key& peer);

private:
  struct Running {
    Endpoint to;
    Purpose purpose = Purpose::compare;
    Measurement machine;
  };
  using Map = std::map<PeerTable::Key, Running>;
  static constexpr std::size_t kMost = 32;
  static constexpr std::ptrdiff_t kMostOfOneAddress = 8;

  void collect(const PeerTable::Key& peer, const Running& running,
               const std::vector<Measurement::Action>& done, Actions& actions) const;

  Map running_;
};

} // namespace tutti::link
