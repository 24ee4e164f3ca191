#include "Targets.hpp"

#include <algorithm>

namespace tutti::linkaudio {

Targets::Update Targets::follow(const link::AudioView& view)
{
  Update update;
  const auto wanted = this->wanted(view);
  const auto before = targets_.size();
  std::erase_if(targets_, [&](const auto& target) { return !wanted.contains(target.first); });
  update.hasLost = targets_.size() < before;
  for (const auto& [way, endpoint] : wanted) {
    const auto [place, isNew] = targets_.try_emplace(way);
    if (!isNew && place->second.endpoint == endpoint) continue;
    place->second = {endpoint, {}, false};
    update.renewed.insert(way.gateway);
    update.hasLost = update.hasLost || !isNew;
  }
  return update;
}

std::map<Way, Endpoint> Targets::wanted(const link::AudioView& view) const
{
  std::map<Way, Endpoint> wanted;
  std::set<NodeId> peers;
  const auto add = [&](const link::AudioPeer& peer) {
    if (!peer.audio || peer.session != view.session) return;
    if (peers.size() >= kMostPeers && !peers.contains(peer.id)) return;
    peers.insert(peer.id);
    wanted.emplace(Way{peer.id, peer.gateway}, *peer.audio);
  };
  for (const auto& peer : view.peers)
    if (targets_.contains({peer.id, peer.gateway})) add(peer);
  for (const auto& peer : view.peers) add(peer);
  return wanted;
}

void Targets::closeGateway(const IpAddress& gateway)
{
  std::erase_if(targets_, [&](const auto& target) { return target.first.gateway == gateway; });
}

bool Targets::contains(const NodeId& peer) const
{
  const auto first = targets_.lower_bound({peer, IpAddress{}});
  return first != targets_.end() && first->first.peer == peer;
}

const Targets::Target* Targets::find(const Way& way) const
{
  const auto found = targets_.find(way);
  return found == targets_.end() ? nullptr : &found->second;
}

bool Targets::speaksFrom(const Way& way, const Endpoint& from) const
{
  const auto* target = find(way);
  return target != nullptr && target->endpoint == from;
}

bool Targets::isAt(const NodeId& peer, const IpAddress& address) const
{
  return std::ranges::any_of(targets_, [&](const auto& target) {
    return target.first.peer == peer && target.second.endpoint.address == address;
  });
}

bool Targets::isGreeted(const Way& way) const
{
  const auto* target = find(way);
  return target != nullptr && target->isGreeted;
}

std::vector<Endpoint> Targets::greet(const IpAddress& gateway)
{
  for (auto& [way, target] : targets_)
    if (way.gateway == gateway) target.isGreeted = true;
  return sockets(gateway);
}

std::vector<Endpoint> Targets::sockets(const IpAddress& gateway) const
{
  std::set<Endpoint> sockets;
  for (const auto& [way, target] : targets_)
    if (way.gateway == gateway) sockets.insert(target.endpoint);
  return {sockets.begin(), sockets.end()};
}

bool Targets::measured(const IpAddress& gateway, const Endpoint& from, Micros trip)
{
  bool isKnown = false;
  for (auto& [way, target] : targets_) {
    if (way.gateway != gateway || target.endpoint != from) continue;
    target.trips.add(trip);
    isKnown = true;
  }
  return isKnown;
}

} // namespace tutti::linkaudio
