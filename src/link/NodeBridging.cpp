// What a node does for the bridge of its site.
#include "Node.hpp"

#include <algorithm>
#include <utility>

namespace tutti::link {
namespace {

constexpr std::chrono::seconds kTtl{5};
constexpr std::chrono::milliseconds kFormerStays{
  300}; // one Alive more: datagrams are lost, and overtake each other

/// Comes before every id that a Link program draws.
NodeId first(const NodeId& id)
{
  std::array<std::uint8_t, NodeId::kSize> bytes{};
  std::ranges::transform(id.bytes(), bytes.begin(), std::to_integer<std::uint8_t>);
  bytes[0] = 1;
  return NodeId{bytes};
}

} // namespace

Node::Actions Node::carry(const BridgeOrder& order, HostTime now)
{
  std::visit([&](const auto& one) { obey(one, now); }, order);
  if (proxies_.advance(now)) announceProxies();
  return finish(now);
}

NodeId Node::drawOwnId()
{
  const auto id = NodeId::random(random_);
  return marker_ ? first(id) : id;
}

void Node::obey(const BeginBridging& order, HostTime now)
{
  if (std::exchange(marker_, order.marker)) return;
  sessions_.setGuarded(true);
  // First the new name, then the goodbye: whoever has nobody but us must not believe himself alone, or he
  // begins a session of his own.
  dropFormerId();
  former_ = Former{std::exchange(id_, drawOwnId()), now + kFormerStays};
  for (auto& [address, gateway] : gateways_) announce(gateway);
}

void Node::dropFormerId()
{
  if (former_) sayGoodbye({former_->id});
  former_.reset();
}

void Node::obey(const EndBridging& order, HostTime now)
{
  if (!marker_) return;
  const auto gone = proxies_.set({}, now);
  if (!order.isFollowed) sayGoodbye(gone);
  marker_.reset();
  counted_.clear();
  sessions_.setGuarded(false);
  obey(UseClock{ClockSource::peers}, now);
  recount(now);
}

void Node::obey(const AdoptSession& order, HostTime now)
{
  const bool isOther = order.session.id != sessions_.current();
  if (!marker_ || !sessions_.adopt(order.session, now)) return;
  counted_ = {order.counted.begin(), order.counted.end()};
  estimate_.reset();
  monitor_.reset();
  if (isOther) changes_.add(now, Change::Kind::sessionJoined, 0, 0, {});
  announceChange(now);
  recount(now);
}

void Node::obey(const OfferState& order, HostTime now)
{
  if (!marker_) return;
  const auto before = sessions_.timeline();
  sessions_.sawTimeline(sessions_.current(), order.timeline, now);
  const bool isNewTimeline = sessions_.timeline() != before;
  if (isNewTimeline) peers_.adoptTimeline(sessions_.current(), sessions_.timeline());
  const bool isNewStartStop = sessions_.sawStartStop(sessions_.current(), order.startStop);
  if (isNewTimeline || isNewStartStop) announceChange(now);
}

void Node::obey(const SteerClock& order, HostTime now)
{
  if (marker_) sessions_.steer(order.offset, now);
}

void Node::obey(const UseClock& order, HostTime now)
{
  if (clock_ == order.source || (!marker_ && order.source != ClockSource::peers)) return;
  clock_ = order.source;
  const bool isFounders = sessions_.current() == id_;
  if (clock_ == ClockSource::bridge || isFounders)
    remeasureAt_.reset();
  else
    remeasureAt_ = now;
}

void Node::obey(const SpeakFor& order, HostTime now)
{
  if (!marker_) return;
  counted_ = {order.counted.begin(), order.counted.end()};
  auto gone = proxies_.set(order.announced, now);
  std::erase_if(gone, [&](const NodeId& id) {
    return std::ranges::find(order.withoutGoodbye, id) != order.withoutGoodbye.end();
  });
  sayGoodbye(gone);
  recount(now);
}

/// Our session is another one: those elsewhere are not in it, until the bridge says so.
void Node::forgetDistant(HostTime now)
{
  sayGoodbye(proxies_.set({}, now));
  counted_.clear();
}

void Node::sayGoodbye(const std::vector<NodeId>& ids)
{
  for (const auto& [address, gateway] : gateways_)
    for (const auto& id : ids)
      outbox_.emplace_back(Send{address, Socket::discovery, std::nullopt, encodeByeBye(id)});
}

void Node::announceProxies()
{
  for (const auto& [address, gateway] : gateways_) {
    auto state = stateOn(gateway); // never what the distant peer itself said last: that may be stale
    state.marker = marker_;
    for (const auto& id : proxies_.ids())
      outbox_.emplace_back(Send{address, Socket::discovery, std::nullopt,
                                encodeState(discovery::MessageType::alive, kTtl, id, state)});
  }
}

bool Node::isOwnVoice(const discovery::Message& message) const
{
  if (message.sender == id_) return true;
  if (!proxies_.contains(message.sender)) return false;
  const auto state = parsePeerState(message.payload);
  return state && state->marker == marker_; // without it, it is the real one
}

std::size_t Node::countPeers() const
{
  if (!marker_) return peers_.count(sessions_.current());
  auto everybody = peers_.members(sessions_.current());
  everybody.insert(counted_.begin(), counted_.end());
  everybody.erase(id_);
  return everybody.size();
}

LanView Node::lan() const
{
  LanView view;
  view.node = id_;
  view.session = {sessions_.current(), sessions_.timeline(), sessions_.startStop(),
                  sessions_.transform().intercept};
  view.poisoner = poisoner_;
  for (const auto& [key, entry] : peers_.entries()) {
    const LanPeer heard{key.id, entry.state.session, entry.source.address, entry.lastHeard,
                        entry.state.marker};
    if (view.peers.empty() || view.peers.back().id != key.id)
      view.peers.push_back(heard);
    else if (heard.lastHeard > view.peers.back().lastHeard)
      view.peers.back() = heard;
  }
  return view;
}

} // namespace tutti::link
