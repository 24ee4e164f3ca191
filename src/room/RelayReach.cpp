#include <tutti/room/RelayReach.hpp>

#include <algorithm>
#include <utility>

#include <tutti/net/TurnRoutes.hpp>
#include <tutti/room/Candidates.hpp>

namespace tutti::room {
namespace {

const IpAddress& addressOf(const Endpoint& endpoint)
{
  return endpoint.address;
}

/// One of `relays`, which may be changed where they may.
template <class Relays> auto* relayAt(Relays& relays, const Endpoint& at)
{
  const auto found = std::ranges::find(relays, at, &RelayReach::Relay::at);
  return found == relays.end() ? nullptr : &*found;
}

} // namespace

const RelayReach::Relay* RelayReach::find(const Endpoint& relay) const
{
  return relayAt(relays_, relay);
}

const RelayReach::Relay* RelayReach::guessing() const
{
  const auto found = std::ranges::find(relays_, false, &Relay::isRetiring);
  return found == relays_.end() ? nullptr : &*found;
}

std::vector<Endpoint> RelayReach::lasting() const
{
  std::vector<Endpoint> all;
  for (const auto& relay : relays_)
    if (!relay.isRetiring) all.push_back(relay.at);
  return all;
}

bool RelayReach::opened(const Endpoint& relay)
{
  if (find(relay) != nullptr) return false;
  relays_.push_back({relay, {}});
  review();
  return true;
}

bool RelayReach::reaches(const Endpoint& relay, const Endpoint& peer)
{
  auto* const own = relayAt(relays_, relay);
  return own != nullptr && own->reached.insert(peer.address).second;
}

bool RelayReach::retires(const Endpoint& relay)
{
  auto* const own = relayAt(relays_, relay);
  if (own == nullptr) return false;
  own->isRetiring = true;
  review();
  return true;
}

bool RelayReach::lost(const Endpoint& relay)
{
  if (std::erase_if(relays_, [&](const Relay& own) { return own.at == relay; }) == 0) return false;
  review();
  return true;
}

std::optional<AskRelays> RelayReach::ask(const std::vector<Way>& routes,
                                         std::vector<std::vector<Endpoint>> candidates)
{
  isDue_ = false;
  auto ask = wanted(routes, std::move(candidates));
  if (ask == asked_) return std::nullopt;
  std::set<IpAddress> addresses;
  for (const auto* peers : {&ask.permitted, &ask.inUse})
    for (const auto& peer : *peers) addresses.insert(peer.address);
  for (auto& relay : relays_)
    std::erase_if(relay.reached, [&](const IpAddress& address) { return !addresses.contains(address); });
  asked_ = ask;
  return ask;
}

/// Permissions are addresses', whatever the port, so each address is asked for once; and of each member the
/// last ones first, as those are how the world sees it.
AskRelays RelayReach::wanted(const std::vector<Way>& routes,
                             std::vector<std::vector<Endpoint>> candidates) const
{
  AskRelays ask;
  if (relays_.empty()) return ask;
  for (const auto& route : routes)
    if (route.via && ask.inUse.size() < net::TurnRoutes::kMostPeers / 2) ask.inUse.push_back(route.to);
  const auto places = net::TurnRoutes::kMostPeers - ask.inUse.size();
  std::set<IpAddress> seen;
  for (std::size_t round = 0; round < kMostCandidates; ++round)
    for (auto& ofOne : candidates) {
      if (ofOne.empty() || ask.permitted.size() == places) continue;
      const auto candidate = ofOne.back();
      ofOne.pop_back();
      if (!mayReach(candidate) || !seen.insert(candidate.address).second) continue;
      // By whose port an address was asked for does not matter, but it must not be asked for anew.
      const auto before = std::ranges::find(asked_.permitted, candidate.address, &addressOf);
      ask.permitted.push_back(before == asked_.permitted.end() ? candidate : *before);
    }
  return ask;
}

bool RelayReach::mayReach(const Endpoint& peer) const
{
  return std::ranges::any_of(
    relays_, [&](const Relay& relay) { return mayBeRelayed(peer.address, relay.at.address); });
}

} // namespace tutti::room
