#pragma once

#include <map>
#include <set>
#include <vector>

#include <tutti/link/AudioView.hpp>

#include "RoundTrips.hpp"

namespace tutti::linkaudio {

/// A peer on one of our gateways.
struct Way {
  NodeId peer;
  IpAddress gateway;
  friend auto operator<=>(const Way&, const Way&) = default;
};

/// To whom announcements go, and who is listened to: peers of our session that have Link Audio, where they
/// have it.
///
/// Bounded: 64 peers. Who is listed stays so, newcomers have to wait.
///
/// Threads: one at a time.
/// Spec:    link-audio 2.3.
class Targets {
public:
  static constexpr std::size_t kMostPeers = 64;

  struct Target {
    Endpoint endpoint;
    RoundTrips trips;
    bool isGreeted = false; ///< An announcement has been sent there.
  };

  struct Update {
    std::set<IpAddress> renewed; ///< Gateways with new targets.
    bool hasLost = false;        ///< A target is gone, or has another socket.
  };
  /// What Link knows by now.
  Update follow(const link::AudioView& view);
  /// Nobody is on it any more.
  void closeGateway(const IpAddress& gateway);

  [[nodiscard]] bool contains(const Way& way) const { return targets_.contains(way); }
  /// By any way.
  [[nodiscard]] bool contains(const NodeId& peer) const;
  [[nodiscard]] const Target* find(const Way& way) const;
  /// The peer's own socket has spoken.
  [[nodiscard]] bool speaksFrom(const Way& way, const Endpoint& from) const;
  /// Some way to the peer leads to this address.
  [[nodiscard]] bool isAt(const NodeId& peer, const IpAddress& address) const;
  /// Its socket was told who we are.
  [[nodiscard]] bool isGreeted(const Way& way) const;

  /// All on a gateway, each once.
  [[nodiscard]] std::vector<Endpoint> sockets(const IpAddress& gateway) const;
  /// The same. They are greeted from now on.
  std::vector<Endpoint> greet(const IpAddress& gateway);
  /// A pong came from there.
  bool measured(const IpAddress& gateway, const Endpoint& from, Micros trip);

  [[nodiscard]] std::size_t size() const { return targets_.size(); }

private:
  [[nodiscard]] std::map<Way, Endpoint> wanted(const link::AudioView& view) const;

  std::map<Way, Target> targets_;
};

} // namespace tutti::linkaudio
