#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include <tutti/link/Status.hpp>

#include "PeerTable.hpp"

namespace tutti::link {

/// Keeps an eye on how tightly the peers of our session sit on our beat: asks one of them every two seconds,
/// in turn.
///
/// Only for people to look at; nothing is decided by it.
class SyncMonitor {
public:
  /// The next peer to probe, when it is time and there is one.
  std::optional<PeerTable::Key> choose(const PeerTable& peers, const NodeId& session, HostTime now);
  [[nodiscard]] HostTime nextDeadline() const { return due_; }

  void measured(const NodeId& peer, Micros phaseError, const Estimate& estimate, HostTime now);
  void describe(PeerStatus& peer) const;
  [[nodiscard]] std::vector<SyncPoint> history() const { return {history_.begin(), history_.end()}; }

  /// The session is another one: what was measured says nothing about it.
  void reset();

private:
  static constexpr std::chrono::seconds kPause{2};
  static constexpr std::size_t kMostPoints = 150; // five minutes
  static constexpr std::size_t kMostPeers = 256;

  HostTime due_{};
  std::optional<PeerTable::Key> last_;
  std::map<NodeId, SyncPoint> newest_;
  std::deque<SyncPoint> history_;
};

} // namespace tutti::link
