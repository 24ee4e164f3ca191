// What a node shows of itself.
#include "Node.hpp"

#include <algorithm>

namespace tutti::link {

Node::Burden Node::burden() const
{
  Burden burden{peers_.entries().size(), 0, sessions_.otherCount(), measurements_.size()};
  for (const auto& [address, gateway] : gateways_) burden.expected += gateway.expiry.count();
  return burden;
}

Status Node::status(HostTime now) const
{
  Status status;
  status.at = now;
  status.isEnabled = isEnabled_;
  status.followsStartStop = followsStartStop();
  status.node = id_;
  status.session = sessions_.current();
  status.peerCount = peerCount_;
  status.sessionOffset = sessions_.transform().intercept;
  status.estimate = estimate_;
  status.syncHistory = monitor_.history();
  status.changes = changes_.list();
  status.refusals = refusals_;
  for (const auto& [key, entry] : peers_.entries()) {
    if (status.peers.empty() || status.peers.back().id != key.id) {
      auto& peer = status.peers.emplace_back();
      peer.id = key.id;
      peer.session = entry.state.session;
      peer.tempo = entry.state.timeline.tempo.clamped();
      monitor_.describe(peer);
    }
    auto& peer = status.peers.back();
    peer.isInOurSession = peer.isInOurSession || entry.state.session == status.session;
    peer.heardFrom.push_back(entry.source);
    peer.lastHeard = std::max(peer.lastHeard, entry.lastHeard);
  }
  return status;
}

} // namespace tutti::link
