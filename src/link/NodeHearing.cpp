// What a node makes of the datagrams that reach it: discovery and the pings of others.
#include "Node.hpp"

namespace tutti::link {

using std::chrono::seconds;

Node::Actions Node::receiveDiscovery(const GatewayAddress& address, std::span<const std::byte> datagram,
                                     const Endpoint& from, HostTime now)
{
  const auto gateway = gateways_.find(address);
  if (gateway == gateways_.end()) return {};
  const auto message = discovery::parseMessage(datagram);
  if (!message) {
    count(message.error());
    return {};
  }
  if (isOwnVoice(*message)) {
    ++refusals_.ownEcho;
    return {};
  }
  if (!gateway->second.local.isOnLink(from.address)) {
    ++refusals_.offLink;
    return {};
  }
  doer_ = from.address;
  hear(gateway->second, *message, from, now);
  return finish(now);
}

void Node::count(discovery::MessageFault fault)
{
  switch (fault) {
  case discovery::MessageFault::noMagic:
    ++refusals_.notLink;
    break;
  case discovery::MessageFault::foreignVersion:
  case discovery::MessageFault::foreignGroup:
    ++refusals_.wrongVersionOrGroup;
    break;
  case discovery::MessageFault::unknownType:
    ++refusals_.unknownType;
    break;
  }
}

void Node::hear(Gateway& gateway, const discovery::Message& message, const Endpoint& from, HostTime now)
{
  switch (message.type) {
  case discovery::MessageType::alive:
    respond(gateway, from, now);
    learn(gateway, message, from, now);
    break;
  case discovery::MessageType::response:
    learn(gateway, message, from, now);
    break;
  case discovery::MessageType::byeBye:
    lose(gateway, message.sender, from, now);
    break;
  }
}

void Node::respond(Gateway& gateway, const Endpoint& to, HostTime now)
{
  if (!budget_.take(to.address, now)) {
    ++refusals_.tooMany;
    return;
  }
  gateway.announcer.responded(now);
  outbox_.emplace_back(
    Send{gateway.local.address, Socket::discovery, to,
         encodeState(discovery::MessageType::response, std::chrono::seconds{5}, id_, stateOn(gateway))});
}

void Node::learn(Gateway& gateway, const discovery::Message& message, const Endpoint& from, HostTime now)
{
  auto state = parsePeerState(message.payload);
  if (!state) {
    ++refusals_.malformedState;
    return;
  }
  state->measurement.address = state->measurement.address.withScope(gateway.local.address.scope());
  const PeerTable::Key key{message.sender, gateway.local.address};
  const auto* known = peers_.find(key);
  if (known != nullptr && isForeignVoice(*known, from, now)) {
    ++refusals_.foreignVoice;
    return;
  }
  if (known == nullptr && !newcomers_.take(from.address, now)) {
    ++refusals_.tooMany;
    return;
  }
  if (known != nullptr && isOvertaken(key, *known, *state, now)) {
    ++refusals_.overtaken;
    return;
  }
  // Real peers ping and are pinged at the address they speak from; any other could be a third party.
  const bool isPingable = state->measurement.address == from.address && state->measurement.port != 0;
  if (!isPingable) ++refusals_.foreignMeasurement;

  if (const auto former = state->marker ? std::nullopt : peers_.formerId(key, from)) {
    peers_.remove(*former);
    forget(*former);
  }
  const PeerTable::Entry entry{*state, from, now, isPingable, false, {}};
  const auto sighting = peers_.saw(key, entry);
  if (sighting.isRefused) {
    ++refusals_.peerTableFull;
    return;
  }
  if (sighting.evicted) forget(*sighting.evicted);
  gateway.expiry.seen(message.sender, message.ttl, now);
  considerTimeline(key, entry, sighting.isNewTimeline, now);
  if (sighting.isNewStartStop) considerStartStop(key, entry, now);
  if (sighting.isMembershipChanged) recount(now);
}

bool Node::isForeignVoice(const PeerTable::Entry& known, const Endpoint& from, HostTime now)
{
  // As long as a peer speaks from one address, nobody takes its place from another, be it a forger or the
  // same peer on a second road.
  return known.source.address != from.address && now - known.lastHeard < seconds{1};
}

bool Node::isOvertaken(const PeerTable::Key& key, const PeerTable::Entry& known, const PeerState& state,
                       HostTime now)
{
  // Nobody returns to the session he founded (a reset draws a new id): so this is an older datagram that was
  // overtaken on the way. Believing it would end our session for want of peers.
  return state.session == key.id && known.state.session != key.id && now - known.inSessionSince < seconds{1};
}

void Node::distrust(const PeerTable::Key& key, const Endpoint& source)
{
  ++refusals_.implausible;
  if (!poisoner_ || poisoner_->id != key.id) poisoner_ = Poisoner{key.id, source.address, 0};
  ++poisoner_->times;
}

void Node::considerTimeline(const PeerTable::Key& key, const PeerTable::Entry& entry, bool isNew,
                            HostTime now)
{
  const auto& session = entry.state.session;
  const bool isOurs = session == sessions_.current();
  const bool hasRoom = measurements_.hasRoomFor(entry.source.address);
  const bool canMeasure = entry.isPingable && hasRoom && !measurements_.isComparing(session);
  if (isOurs && !isNew) return;
  if (!sessions_.believes(session, entry.state.timeline, now)) {
    distrust(key, entry.source);
    return;
  }
  if (!isOurs && !sessions_.knows(session)) {
    if (!canMeasure) return; // its next message is soon enough
    // Each guest of a long evening came with a session of its own.
    if (sessions_.isFull()) sessions_.forgetDeserted(peers_.sessions());
  }
  if (sessions_.sawTimeline(session, entry.state.timeline, now) && canMeasure)
    measure(session, Measurements::Purpose::compare, now);
  if (isNew) announceChange(now);
}

void Node::considerStartStop(const PeerTable::Key& key, const PeerTable::Entry& entry, HostTime now)
{
  const auto& state = entry.state;
  if (!sessions_.believes(state.session, state.startStop, now)) {
    distrust(key, entry.source);
    return;
  }
  if (sessions_.sawStartStop(state.session, state.startStop)) announceChange(now);
}

void Node::lose(const Gateway& gateway, const NodeId& id, const Endpoint& from, HostTime now)
{
  const PeerTable::Key key{id, gateway.local.address};
  const auto* known = peers_.find(key);
  if (known != nullptr && isForeignVoice(*known, from, now)) {
    ++refusals_.foreignVoice;
    return;
  }
  forget(key);
  if (peers_.remove(key)) recount(now);
}

void Node::forget(const PeerTable::Key& key)
{
  measurements_.cancel(key); // whoever else is of its session is measured instead
  if (const auto gateway = gateways_.find(key.gateway); gateway != gateways_.end())
    gateway->second.expiry.forget(key.id);
}

Node::Actions Node::receiveMeasurement(const GatewayAddress& address, std::span<const std::byte> datagram,
                                       const Endpoint& from, HostTime now)
{
  const auto gateway = gateways_.find(address);
  if (gateway == gateways_.end()) return {};
  const auto message = parseMeasurementMessage(datagram);
  if (!message) {
    count(message.error());
    return {};
  }
  if (message->type == MeasurementType::ping) {
    answerPing(gateway->second, message->payload, from, now);
    return finish(now);
  }
  doer_ = from.address;
  const auto pong = parsePong(message->payload);
  Measurements::Actions actions;
  if (!pong)
    ++refusals_.malformedState;
  else if (!measurements_.receive(address, from, *pong, now, actions))
    ++refusals_.unaskedPong;
  perform(actions, now);
  return finish(now);
}

void Node::answerPing(const Gateway& gateway, std::span<const std::byte> payload, const Endpoint& from,
                      HostTime now)
{
  if (payload.size() > kLargestEcho) {
    ++refusals_.malformedState;
    return;
  }
  if (!gateway.local.isOnLink(from.address)) {
    ++refusals_.offLink;
    return;
  }
  if (!budget_.take(from.address, now)) {
    ++refusals_.tooMany;
    return;
  }
  outbox_.emplace_back(Send{gateway.local.address, Socket::measurement, from,
                            encodePong(sessions_.current(), sessions_.transform().toSession(now), payload)});
}

} // namespace tutti::link
