#include "Node.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::link {
namespace {

using std::chrono::seconds;

constexpr seconds kTtl{5};

template <class Random> NodeId drawId(Random& random)
{
  return NodeId::random(random);
}

} // namespace

Node::Node(time::Tempo tempo, std::uint64_t seed, HostTime now)
  : random_{seed}
  , id_{drawId(random_)}
  , sessions_{tempo, id_, now}
  , reportedTempo_{tempo.clamped()}
{}

Node::Actions Node::enable(HostTime now)
{
  if (isEnabled_) return {};
  isEnabled_ = true;
  reset(now);
  recount(now); // whom a gateway heard before we were enabled
  changes_.add(now, Change::Kind::enabled, 0, 1, {});
  return finish(now);
}

Node::Actions Node::disable(HostTime now)
{
  if (!isEnabled_) return {};
  isEnabled_ = false;
  dropFormerId();
  sayGoodbye({id_});
  forgetDistant(now);
  gateways_.clear();
  measurements_.stopAll();
  peers_.clear();
  recount(now);
  changes_.add(now, Change::Kind::disabled, 1, 0, {});
  return finish(now);
}

Node::Actions Node::openGateway(const discovery::LocalAddress& local, const Endpoint& measurement,
                                HostTime now)
{
  if (gateways_.contains(local.address)) dropGateway(local.address, now);
  auto& gateway = gateways_.emplace(local.address, Gateway{local, measurement, {}, {}}).first->second;
  if (gateway.announcer.changed(now)) announce(gateway);
  proxies_.changed(now);
  return finish(now);
}

Node::Actions Node::closeGateway(const GatewayAddress& address, HostTime now)
{
  if (!gateways_.contains(address)) return {};
  outbox_.emplace_back(Send{address, Socket::discovery, std::nullopt, encodeByeBye(id_)});
  if (former_)
    outbox_.emplace_back(Send{address, Socket::discovery, std::nullopt, encodeByeBye(former_->id)});
  for (const auto& id : proxies_.ids())
    outbox_.emplace_back(Send{address, Socket::discovery, std::nullopt, encodeByeBye(id)});
  dropGateway(address, now);
  return finish(now);
}

void Node::dropGateway(const GatewayAddress& address, HostTime now)
{
  gateways_.erase(address);
  measurements_.stopGateway(address);
  peers_.removeGateway(address);
  recount(now);
}

Node::Actions Node::advance(HostTime now)
{
  for (auto& [address, gateway] : gateways_) {
    for (const auto& id : gateway.expiry.advance(now)) peers_.remove({id, address});
    if (gateway.announcer.advance(now)) announce(gateway);
  }
  recount(now);
  perform(measurements_.advance(now), now);
  sessions_.advance(now);
  if (remeasureAt_ && now >= *remeasureAt_) remeasure(now);
  if (former_ && now >= former_->until) dropFormerId();
  probe(now);
  if (proxies_.advance(now)) announceProxies();
  return finish(now);
}

std::optional<HostTime> Node::nextDeadline() const
{
  std::optional<HostTime> earliest;
  const auto consider = [&](std::optional<HostTime> due) {
    if (due && (!earliest || *due < *earliest)) earliest = due;
  };
  for (const auto& [address, gateway] : gateways_) {
    consider(gateway.announcer.nextDeadline());
    consider(gateway.expiry.nextDeadline());
  }
  consider(measurements_.nextDeadline());
  consider(sessions_.nextDeadline());
  consider(remeasureAt_);
  if (former_) consider(former_->until);
  consider(proxies_.nextDeadline());
  if (peerCount_ > 0) consider(monitor_.nextDeadline());
  return earliest;
}

Node::Actions Node::commit(const Commit& change, HostTime now)
{
  bool isNews = false;
  const bool isOfOurs = !change.session || sessions_.isContinued(*change.session);
  if (change.timeline && isOfOurs) {
    sessions_.commitTimeline(*change.timeline, change.at, now);
    peers_.adoptTimeline(sessions_.current(), sessions_.timeline());
    isNews = true;
  }
  if (change.startStop && sessions_.commitStartStop(*change.startStop)) isNews = true;
  if (isNews) announceChange(now);
  return finish(now);
}

void Node::recount(HostTime now)
{
  const auto before = peerCount_;
  peerCount_ = countPeers();
  if (peerCount_ == before) return;
  const auto kind = peerCount_ > before ? Change::Kind::peerJoined : Change::Kind::peerLeft;
  changes_.add(now, kind, static_cast<double>(before), static_cast<double>(peerCount_), doer_);
  outbox_.emplace_back(PeerCountChanged{peerCount_});
  if (peerCount_ == 0) reset(now);
}

void Node::reset(HostTime now)
{
  id_ = drawOwnId();
  // A bridge's id would win against every session that is as old, so it founds under another.
  const auto session = marker_ ? drawId(random_) : id_;
  forgetDistant(now);
  measurements_.stopAll();
  peers_.clear();
  for (auto& [address, gateway] : gateways_) gateway.expiry = {};
  sessions_.reset(session, now);
  if (clock_ != ClockSource::founder) remeasureAt_.reset();
  estimate_.reset();
  monitor_.reset();
  announceChange(now);
}

PeerState Node::stateOn(const Gateway& gateway) const
{
  PeerState state{sessions_.current(), sessions_.timeline(), sessions_.startStop(),
                  gateway.measurement, std::nullopt,         std::nullopt};
  if (const auto audio = audio_.find(gateway.local.address); audio != audio_.end())
    state.audio = audio->second;
  return state;
}

void Node::announce(Gateway& gateway)
{
  outbox_.emplace_back(Send{gateway.local.address, Socket::discovery, std::nullopt,
                            encodeState(discovery::MessageType::alive, kTtl, id_, stateOn(gateway))});
}

void Node::announceChange(HostTime now)
{
  for (auto& [address, gateway] : gateways_)
    if (gateway.announcer.changed(now)) announce(gateway);
  proxies_.changed(now);
  if (proxies_.advance(now)) announceProxies();
}

Node::Actions Node::finish(HostTime now)
{
  const auto& client = sessions_.client();
  if (client.timeline.tempo != reportedTempo_) {
    changes_.add(now, Change::Kind::tempo, reportedTempo_.bpm(), client.timeline.tempo.bpm(), doer_);
    reportedTempo_ = client.timeline.tempo;
    outbox_.emplace_back(TempoChanged{reportedTempo_});
  }
  if (client.startStop.isPlaying != reportedPlaying_) {
    reportedPlaying_ = client.startStop.isPlaying;
    changes_.add(now, reportedPlaying_ ? Change::Kind::started : Change::Kind::stopped, 0, 0, doer_);
    outbox_.emplace_back(StartStopChanged{reportedPlaying_});
  }
  doer_.reset();
  return std::exchange(outbox_, {});
}

} // namespace tutti::link
