#include "SyncMonitor.hpp"

namespace tutti::link {

std::optional<PeerTable::Key> SyncMonitor::choose(const PeerTable& peers, const NodeId& session, HostTime now)
{
  if (now < due_) return std::nullopt;
  due_ = now + kPause;
  const auto isWorthIt = [&](const auto& entry) {
    return entry.second.state.session == session && entry.second.isPingable;
  };
  const auto& entries = peers.entries();
  const auto after = last_ ? entries.upper_bound(*last_) : entries.begin();
  for (auto at = after; at != entries.end(); ++at)
    if (isWorthIt(*at)) return last_ = at->first;
  for (auto at = entries.begin(); at != after; ++at)
    if (isWorthIt(*at)) return last_ = at->first;
  return std::nullopt;
}

void SyncMonitor::measured(const NodeId& peer, Micros phaseError, const Estimate& estimate, HostTime now)
{
  const SyncPoint point{now, phaseError, estimate.spread};
  if (newest_.size() >= kMostPeers && !newest_.contains(peer)) newest_.clear();
  newest_[peer] = point;
  history_.push_back(point);
  if (history_.size() > kMostPoints) history_.pop_front();
}

void SyncMonitor::describe(PeerStatus& peer) const
{
  const auto found = newest_.find(peer.id);
  if (found == newest_.end()) return;
  peer.phaseError = found->second.phaseError;
  peer.spread = found->second.spread;
  peer.measuredAt = found->second.at;
}

void SyncMonitor::reset()
{
  newest_.clear();
  history_.clear();
  last_.reset();
}

} // namespace tutti::link
