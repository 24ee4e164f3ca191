// What relays say, and whom they reach.
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "OwnRelays.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::TurnClient;

/// For a new card to come to everybody, and for their checks: then nobody sends by the old relay any more.
constexpr Micros kToMove = 5s;
constexpr std::size_t kMostRetiring = 2; // at once; a server that changes its mind has more
/// A server that has started anew is back sooner: after that, others have their turn.
constexpr Micros kToComeBack = 2s;

} // namespace

bool OwnRelays::isServer(Port port, const Endpoint& from) const
{
  return std::ranges::any_of(relays_, [&](const Relay& relay) {
    return relay.client && relay.port == port && relay.client->server() == from;
  });
}

OwnRelays::Actions OwnRelays::receive(Port port, std::span<const std::byte> datagram, const Endpoint& from,
                                      HostTime at)
{
  Actions out;
  for (auto& relay : relays_) {
    if (!relay.client || relay.port != port || relay.client->server() != from) continue;
    const auto number = relay.number;
    if (relay.stage == Stage::open) relay.due.reset(); // it is there
    hear(number, relay.client->receive(datagram, from, at), at, out);
    break;
  }
  return out;
}

OwnRelays::Actions OwnRelays::hearConnection(Number number, const TurnClient::Action& action, HostTime now)
{
  Actions out;
  hearOne(number, action, now, out);
  return out;
}

void OwnRelays::hear(Number number, const TurnClient::Actions& actions, HostTime now, Actions& out)
{
  for (const auto& action : actions) {
    const auto* send = std::get_if<TurnClient::Send>(&action);
    const auto* relay = find(number);
    if (relay == nullptr) return;
    if (send != nullptr)
      out.emplace_back(Send{relay->port, send->to, send->bytes});
    else
      hearOne(number, action, now, out);
  }
}

void OwnRelays::hearOne(Number number, const TurnClient::Action& action, HostTime now, Actions& out)
{
  auto* relay = find(number);
  if (relay == nullptr) return;
  if (const auto* opened = std::get_if<TurnClient::Relayed>(&action)) {
    // What a connection or another port is seen as helps nobody who speaks to the media port.
    if (opened->seenAs && relay->client && relay->port == Port::media)
      out.emplace_back(SeenByRelay{*opened->seenAs});
    return relayed(*relay, opened->relayed, now, out);
  }
  if (const auto* peer = std::get_if<TurnClient::Reachable>(&action)) {
    if (relay->relayed) out.emplace_back(Reaches{*relay->relayed, peer->peer});
  } else if (std::holds_alternative<TurnClient::RoutesChanged>(action)) {
    useCarriers(out);
    tellReached(*relay, out);
  } else if (std::holds_alternative<TurnClient::NeedsCredentials>(action)) {
    askForLeave(now, out);
  } else if (std::holds_alternative<TurnClient::Ending>(action)) {
    if (relay->stage == Stage::open) succeed(*relay, now, out);
  } else if (const auto* why = std::get_if<TurnClient::Lost>(&action)) {
    out.emplace_back(Trouble{why->why.detail});
    lost(*relay, now, out);
  } else if (std::holds_alternative<TurnClient::Released>(action)) {
    drop(number, out);
  }
}

/// Others that are open make room, slowly: who uses them is told of this one first.
void OwnRelays::relayed(Relay& relay, const Endpoint& at, HostTime now, Actions& out)
{
  if (relay.stage == Stage::leaving) return;
  const bool isNew = relay.relayed != at;
  if (isNew && relay.relayed) out.emplace_back(Lost{*relay.relayed});
  relay.relayed = at;
  if (relay.stage == Stage::trying) relay.stage = Stage::open;
  if (relay.stage == Stage::open) relay.due.reset();
  tryPatience_ = Micros{0};
  useCarriers(out);
  if (isNew) out.emplace_back(Opened{at});
  if (relay.stage == Stage::open) retireOthers(relay.number, now, out);
}

void OwnRelays::retireOthers(Number newest, HostTime now, Actions& out)
{
  std::vector<Number> retiring;
  for (auto& other : relays_) {
    if (other.number == newest || other.stage == Stage::trying || other.stage == Stage::leaving) continue;
    retiring.push_back(other.number);
    if (other.stage == Stage::retiring) continue;
    other.stage = Stage::retiring;
    other.due = now + kToMove;
    if (other.relayed) out.emplace_back(Retires{*other.relayed});
  }
  for (std::size_t i = 0; i + kMostRetiring < retiring.size(); ++i)
    if (auto* oldest = find(retiring[i])) letGo(*oldest, now, out);
}

/// While it is tried, the next server has its turn. One that was open comes back by itself, unless it ends.
void OwnRelays::lost(Relay& relay, HostTime now, Actions& out)
{
  if (relay.stage == Stage::trying) return giveUp(relay, now, out);
  const auto gone = std::exchange(relay.relayed, std::nullopt);
  useCarriers(out);
  if (gone) out.emplace_back(Lost{*gone});
  if (relay.stage == Stage::retiring) return letGo(relay, now, out);
  if (relay.stage != Stage::open) return;
  relay.stage = Stage::trying;
  relay.due = now + kToComeBack;
}

OwnRelays::Actions OwnRelays::suspect(const Endpoint& relay, HostTime now)
{
  Actions out;
  const auto found = std::ranges::find(relays_, std::optional{relay}, &Relay::relayed);
  if (found != relays_.end()) suspectNow(*found, now, out);
  return out;
}

/// Asked on a datagram, it answers soon, or is not there any more.
void OwnRelays::suspectNow(Relay& relay, HostTime now, Actions& out)
{
  const auto before = out.size();
  const auto number = relay.number;
  tell(relay, Tell::What::suspect, {}, now, out);
  auto* asked = find(number);
  if (asked == nullptr || !asked->client || asked->stage != Stage::open || asked->due) return;
  if (out.size() > before && std::holds_alternative<Send>(out.back())) asked->due = now + kToComeBack;
}

/// A relay that was silent for a while knows its peers still, and nobody says so again.
void OwnRelays::tellReached(const Relay& relay, Actions& out)
{
  if (!relay.relayed || !relay.client) return;
  auto routes = relay.client->routes();
  std::array<std::byte, net::TurnRoutes::kMostAround> room{};
  for (const auto& peer : relay.permitted)
    if (!routes.wrap(peer, {}, room).empty()) out.emplace_back(Reaches{*relay.relayed, peer});
}

OwnRelays::Actions OwnRelays::reach(const std::vector<Endpoint>& permitted,
                                    const std::vector<Endpoint>& inUse, HostTime now)
{
  Actions out;
  permitted_ = permitted;
  inUse_ = inUse;
  std::vector<Number> numbers;
  for (const auto& relay : relays_) numbers.push_back(relay.number);
  for (const auto number : numbers)
    if (auto* relay = find(number)) askPeers(*relay, now, out);
  return out;
}

/// Whoever is not wanted any more goes first, as there are only so many places. But a channel outlives its
/// use: what its peer sends comes by it for minutes, so it stays as long as the peer's address is wanted.
void OwnRelays::askPeers(Relay& relay, HostTime now, Actions& out)
{
  if (relay.stage == Stage::leaving) return;
  const auto number = relay.number;
  std::set<Endpoint> wanted{permitted_.begin(), permitted_.end()};
  wanted.insert(inUse_.begin(), inUse_.end());
  std::set<IpAddress> addresses;
  for (const auto& peer : wanted) addresses.insert(peer.address);
  const auto before = std::exchange(relay.permitted, {});
  const auto boundBefore = std::exchange(relay.bound, {inUse_.begin(), inUse_.end()});
  std::vector<Endpoint> gone;
  for (const auto& peer : before) {
    if (wanted.contains(peer)) continue;
    const bool mayStay = boundBefore.contains(peer) && addresses.contains(peer.address) &&
                         wanted.size() < net::TurnRoutes::kMostPeers;
    if (mayStay) {
      wanted.insert(peer);
      relay.bound.insert(peer);
    } else {
      gone.push_back(peer);
    }
  }
  for (const auto& peer : boundBefore)
    if (wanted.contains(peer)) relay.bound.insert(peer);
  relay.permitted = wanted;
  const auto tellEach = [&](const std::vector<Endpoint>& peers, Tell::What what,
                            const std::set<Endpoint>& known) {
    for (const auto& peer : peers)
      if (auto* still = find(number); still != nullptr && !known.contains(peer))
        tell(*still, what, peer, now, out);
  };
  tellEach(gone, Tell::What::forget, {});
  tellEach(inUse_, Tell::What::bindChannel, boundBefore);
  tellEach(permitted_, Tell::What::permit, before);
}

void OwnRelays::tell(Relay& relay, Tell::What what, const Endpoint& peer, HostTime now, Actions& out)
{
  if (!relay.client) {
    out.emplace_back(Tell{relay.number, what, peer});
    return;
  }
  const auto number = relay.number;
  auto& client = *relay.client;
  switch (what) {
  case Tell::What::permit:
    return hear(number, client.permit(peer, now), now, out);
  case Tell::What::bindChannel:
    return hear(number, client.bindChannel(peer, now), now, out);
  case Tell::What::forget:
    return hear(number, client.forget(peer, now), now, out);
  case Tell::What::suspect:
    return hear(number, client.suspect(now), now, out);
  case Tell::What::release:
    return hear(number, client.release(now), now, out);
  }
}

void OwnRelays::useCarriers(Actions& out) const
{
  UseCarriers use;
  for (const auto& relay : relays_)
    if (relay.relayed)
      use.carriers.push_back({*relay.relayed, relay.number, !relay.client, relay.port,
                              relay.client ? relay.client->routes() : net::TurnRoutes{}});
  out.emplace_back(std::move(use));
}

} // namespace tutti::room
