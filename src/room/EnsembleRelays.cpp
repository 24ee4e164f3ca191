// Our own relays: whom they let through, and which ways lead by them.
#include <tutti/room/Ensemble.hpp>

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

} // namespace

const Ensemble::OwnRelay* Ensemble::findRelay(const Endpoint& relay) const
{
  const auto found = std::ranges::find(relays_, relay, &OwnRelay::at);
  return found == relays_.end() ? nullptr : &*found;
}

void Ensemble::tellRelays()
{
  std::vector<Endpoint> all;
  for (const auto& relay : relays_)
    if (!relay.isRetiring) all.push_back(relay.at);
  outside_.setRelays(std::move(all));
  isAskDue_ = true;
}

Ensemble::Actions Ensemble::relayOpened(const Endpoint& relay, HostTime now)
{
  if (findRelay(relay) != nullptr) return {};
  relays_.push_back({relay, {}});
  tellRelays();
  return advance(now);
}

Ensemble::Actions Ensemble::seenByRelay(const Endpoint& us, HostTime now)
{
  outside_.seenByRelay(us);
  return advance(now);
}

Ensemble::Actions Ensemble::relayReaches(const Endpoint& relay, const Endpoint& peer, HostTime now)
{
  const auto own = std::ranges::find(relays_, relay, &OwnRelay::at);
  if (own == relays_.end() || !own->reached.insert(peer.address).second) return {};
  for (auto& [id, fellow] : fellows_) addRelayedChecks(fellow, now);
  return advance(now);
}

Ensemble::Actions Ensemble::relayLost(const Endpoint& relay, HostTime now)
{
  if (findRelay(relay) == nullptr) return {};
  std::erase_if(relays_, [&](const OwnRelay& own) { return own.at == relay; });
  tellRelays();
  for (auto& [id, fellow] : fellows_) {
    std::erase_if(fellow.checks, [&](const PathCheck& check) { return check.path().via == relay; });
    std::erase_if(fellow.proved, [&](const Proved& proved) { return proved.way.via == relay; });
    addRelayedChecks(fellow, now); // by another one by now
  }
  return advance(now);
}

Ensemble::Actions Ensemble::relayRetires(const Endpoint& relay, HostTime now)
{
  const auto own = std::ranges::find(relays_, relay, &OwnRelay::at);
  if (own == relays_.end()) return {};
  own->isRetiring = true;
  tellRelays();
  for (auto& [id, fellow] : fellows_) addRelayedChecks(fellow, now);
  return advance(now);
}

/// One of ours, or one of theirs that their card does not tell any more.
bool Ensemble::isRetiring(const Fellow& fellow, const Path& path) const
{
  if (path.kind != PathKind::turn) return false;
  const auto* own = path.via ? findRelay(*path.via) : nullptr;
  if (own != nullptr) return own->isRetiring;
  const auto theirs = fellow.card.relays();
  return std::ranges::find(theirs, path.to) == theirs.end();
}

/// An address that has not answered yet is asked by one relay only.
const Ensemble::OwnRelay* Ensemble::guessingRelay() const
{
  const auto found = std::ranges::find(relays_, false, &OwnRelay::isRetiring);
  return found == relays_.end() ? nullptr : &*found;
}

/// Guesses go from relay to relay only: whoever can send to our relay shows us where from, and is answered
/// there. What carries by one of our relays is tried by another, which may have to take its place.
std::vector<Endpoint> Ensemble::worthRelaying(const Fellow& fellow, const OwnRelay& relay) const
{
  std::vector<Endpoint> there;
  for (const auto& check : fellow.checks)
    if (check.path().via && check.path().via != relay.at && check.carries()) there.push_back(check.path().to);
  if (&relay != guessingRelay()) return there;
  const auto relays = fellow.card.relays();
  there.insert(there.end(), relays.begin(), relays.end());
  return there;
}

void Ensemble::addRelayedChecks(Fellow& fellow, HostTime now) const
{
  for (const auto& relay : relays_)
    for (const auto& there : worthRelaying(fellow, relay))
      if (const auto path = pathTo(fellow, {there, relay.at}); path && relay.reached.contains(there.address))
        addCheck(fellow, *path, now);
}

/// Their card tells by now that an address of theirs is a relay's.
void Ensemble::renameChecks(Fellow& fellow) const
{
  for (auto& check : fellow.checks) {
    const auto path = pathTo(fellow, check.path().way());
    if (path && check.path().kind != PathKind::turn)
      check.rename(path->kind); // a relay stays one when it retires
  }
}

bool Ensemble::mayBeRelayedTo(const Endpoint& peer) const
{
  return std::ranges::any_of(
    relays_, [&](const OwnRelay& relay) { return mayBeRelayed(peer.address, relay.at.address); });
}

/// Permissions are addresses', whatever the port, so each address is asked for once; and of each member the
/// last ones first, as those are how the world sees it.
Ensemble::AskRelays Ensemble::wanted() const
{
  AskRelays ask;
  if (relays_.empty()) return ask;
  for (const auto& route : routes_)
    if (route.via && ask.inUse.size() < net::TurnRoutes::kMostPeers / 2) ask.inUse.push_back(route.to);
  const auto places = net::TurnRoutes::kMostPeers - ask.inUse.size();
  std::vector<std::vector<Endpoint>> all;
  for (const auto& [id, fellow] : fellows_) all.push_back(reachable(fellow.card.candidates, local_));
  std::set<IpAddress> seen;
  for (std::size_t round = 0; round < kMostCandidates; ++round)
    for (auto& candidates : all) {
      if (candidates.empty() || ask.permitted.size() == places) continue;
      const auto candidate = candidates.back();
      candidates.pop_back();
      if (!mayBeRelayedTo(candidate) || !seen.insert(candidate.address).second) continue;
      // By whose port an address was asked for does not matter, but it must not be asked for anew.
      const auto before = std::ranges::find(asked_.permitted, candidate.address, &addressOf);
      ask.permitted.push_back(before == asked_.permitted.end() ? candidate : *before);
    }
  return ask;
}

void Ensemble::askRelays(Actions& out)
{
  if (!std::exchange(isAskDue_, false)) return;
  auto ask = wanted();
  if (ask == asked_) return;
  std::set<IpAddress> addresses;
  for (const auto* peers : {&ask.permitted, &ask.inUse})
    for (const auto& peer : *peers) addresses.insert(peer.address);
  for (auto& relay : relays_)
    std::erase_if(relay.reached, [&](const IpAddress& address) { return !addresses.contains(address); });
  asked_ = ask;
  out.emplace_back(std::move(ask));
}

} // namespace tutti::room
