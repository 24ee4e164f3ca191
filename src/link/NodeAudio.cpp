// What a node says and hears of Link Audio: where it is to be found, nothing else.
#include <utility>

#include "Node.hpp"

namespace tutti::link {
namespace {

/// Only at the address that the peer speaks from: any other could be a third party.
std::optional<Endpoint> ownSocketOf(const GatewayAddress& gateway, const PeerTable::Entry& entry)
{
  auto audio = entry.state.audio;
  if (!audio || audio->port == 0) return std::nullopt;
  audio->address = audio->address.withScope(gateway.scope());
  if (audio->address != entry.source.address) return std::nullopt;
  return audio;
}

} // namespace

Node::Actions Node::offerAudio(AudioSockets sockets, HostTime now)
{
  const auto before = std::exchange(audio_, std::move(sockets));
  for (auto& [address, gateway] : gateways_) {
    const auto was = before.find(address);
    const auto is = audio_.find(address);
    const bool isSame = was == before.end() ? is == audio_.end() : is != audio_.end() && *was == *is;
    if (!isSame && gateway.announcer.changed(now)) announce(gateway);
  }
  return finish(now);
}

AudioView Node::audio() const
{
  AudioView view;
  view.node = id_;
  view.session = sessions_.current();
  for (const auto& [address, gateway] : gateways_) view.gateways.push_back(gateway.local);
  for (const auto& [key, entry] : peers_.entries())
    view.peers.push_back({key.id, entry.state.session, key.gateway, ownSocketOf(key.gateway, entry)});
  return view;
}

} // namespace tutti::link
