// Which ways there are, and which one is taken. What is said on them: MemberPathsAsking.cpp.
#include <tutti/room/MemberPaths.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include <tutti/room/Candidates.hpp>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenRestarts = 30s; // a member's cards may come as often as they like
constexpr std::size_t kMostWays =
  2 * kMostCandidates; // with what comes by our relays, and from unknown doors

} // namespace

MemberPaths::MemberPaths(Parties parties, const Card& card, const OwnPlace& here, HostTime now)
  : parties_{std::move(parties)}
{
  learn(card, here, now);
  restartedAt_ = now;
  isRestartDue_ = false;
}

void MemberPaths::learn(const Card& card, const OwnPlace& here, HostTime now)
{
  candidates_ = card.candidates;
  relays_ = {card.relays().begin(), card.relays().end()};
  for (auto& check : checks_) { // it may tell by now that an address of theirs is a relay's
    const auto path = pathTo(check.path().way(), here);
    if (path && check.path().kind != PathKind::turn)
      check.rename(path->kind); // a relay stays one when it retires
  }
  addChecks(here, now);
  isRestartDue_ = true;
}

void MemberPaths::moved(const OwnPlace& here, HostTime now)
{
  std::erase_if(checks_, [&](const PathCheck& check) {
    return pathTo(check.path().way(), here) != check.path(); // out of reach now, or reached otherwise
  });
  for (auto& check : checks_) check.doubt(now);
  addChecks(here, now);
}

void MemberPaths::relayLost(const Endpoint& relay, const OwnPlace& here, HostTime now)
{
  std::erase_if(checks_, [&](const PathCheck& check) { return check.path().via == relay; });
  std::erase_if(proved_, [&](const Proved& proved) { return proved.way.via == relay; });
  tryRelays(here, now); // by another one by now
}

/// How they would be reached that way; nothing where we do not send.
std::optional<Path> MemberPaths::pathTo(const Way& way, const OwnPlace& here) const
{
  const auto there = reachable({way.to}, here.local);
  if (std::ranges::find(there, way.to) == there.end()) return std::nullopt;
  if (way.via) {
    const bool isOpen =
      here.relays.find(*way.via) != nullptr && mayBeRelayed(way.to.address, way.via->address);
    return isOpen ? std::optional{Path{PathKind::turn, way.to, way.via}} : std::nullopt;
  }
  const bool isInLan = isOnOurLinks(way.to.address, here.local);
  return Path{isTheirRelay(way.to) ? PathKind::turn : isInLan ? PathKind::lan : PathKind::direct, way.to};
}

bool MemberPaths::isTheirRelay(const Endpoint& there) const
{
  return std::ranges::find(relays_, there) != relays_.end();
}

void MemberPaths::addChecks(const OwnPlace& here, HostTime now)
{
  for (const auto& candidate : reachable(candidates_, here.local))
    if (const auto path = pathTo(candidate, here)) addCheck(*path, now);
  tryRelays(here, now);
}

/// Where there is no place left, one that leads nowhere makes room.
PathCheck* MemberPaths::addCheck(const Path& path, HostTime now)
{
  const auto known =
    std::ranges::find_if(checks_, [&](const PathCheck& check) { return check.path().way() == path.way(); });
  if (known != checks_.end()) return &*known;
  if (checks_.size() < kMostWays) return &checks_.emplace_back(path, now);
  const auto old = std::ranges::find_if(checks_, &PathCheck::isSpent);
  if (old == checks_.end()) return nullptr;
  *old = PathCheck{path, now};
  return &*old;
}

void MemberPaths::tryRelays(const OwnPlace& here, HostTime now)
{
  for (const auto& relay : here.relays.all())
    for (const auto& there : worthRelaying(relay, here))
      if (const auto path = pathTo({there, relay.at}, here); path && relay.reached.contains(there.address))
        addCheck(*path, now);
}

/// Guesses go from relay to relay only: whoever can send to our relay shows us where from, and is answered
/// there. What carries by one of our relays is tried by another, which may have to take its place.
std::vector<Endpoint> MemberPaths::worthRelaying(const RelayReach::Relay& relay, const OwnPlace& here) const
{
  std::vector<Endpoint> there;
  for (const auto& check : checks_)
    if (check.path().via && check.path().via != relay.at && check.carries()) there.push_back(check.path().to);
  if (&relay == here.relays.guessing()) there.insert(there.end(), relays_.begin(), relays_.end());
  return there;
}

/// One of ours, or one of theirs that their card does not tell any more.
bool MemberPaths::isRetiring(const Path& path, const OwnPlace& here) const
{
  if (path.kind != PathKind::turn) return false;
  const auto* own = path.via ? here.relays.find(*path.via) : nullptr;
  return own != nullptr ? own->isRetiring : !isTheirRelay(path.to);
}

HostTime MemberPaths::restartDeadline() const
{
  return restartedAt_ + kBetweenRestarts;
}

/// What carries is left alone: it is found out if it does not. What leads nowhere, and is not in their card
/// any more, is forgotten.
void MemberPaths::restart(const OwnPlace& here, HostTime now)
{
  if (!isRestartDue_ || now < restartDeadline()) return;
  isRestartDue_ = false;
  restartedAt_ = now;
  const auto told = reachable(candidates_, here.local);
  std::erase_if(checks_, [&told](const PathCheck& check) {
    return check.isSpent() && std::ranges::find(told, check.path().to) == told.end();
  });
  for (auto& check : checks_)
    if (!check.carries()) check.restart(now);
  addChecks(here, now);
}

HostTime MemberPaths::nextDeadline() const
{
  auto due = isRestartDue_ ? restartDeadline() : HostTime::max();
  for (const auto& check : checks_) due = std::min(due, check.nextDeadline());
  return due;
}

void MemberPaths::prove(const Way& way, HostTime at)
{
  if (isProved(way)) return;
  if (proved_.size() == 2 * kMostWays) proved_.pop_front();
  proved_.push_back({way, time::TokenBucket{kAnswers, at}});
}

bool MemberPaths::isProved(const Way& way) const
{
  return std::ranges::find(proved_, way, &Proved::way) != proved_.end();
}

/// Relays that end soon are left while they still carry, unless only the forwarder is left.
std::vector<PathChoice::Offer> MemberPaths::offers(const OwnPlace& here) const
{
  const auto isToStay = [&](const PathCheck& check) {
    return check.carries() && check.isSettled() && !isRetiring(check.path(), here);
  };
  const bool mayLeave = std::ranges::any_of(checks_, isToStay);
  std::vector<PathChoice::Offer> offers;
  for (const auto& check : checks_) {
    const bool isOffered =
      check.carries() && check.roundTrip() && !(mayLeave && isRetiring(check.path(), here));
    if (isOffered) offers.push_back({check.path(), *check.roundTrip()});
  }
  return offers;
}

std::optional<Path> MemberPaths::choose(const std::optional<PathChoice::Offer>& forwarder,
                                        const OwnPlace& here, HostTime now)
{
  auto all = offers(here);
  if (forwarder) all.push_back(*forwarder);
  return choice_.choose(all, now);
}

std::optional<Micros> MemberPaths::roundTrip() const
{
  const auto used =
    std::ranges::find_if(checks_, [this](const PathCheck& check) { return check.path() == current(); });
  return used == checks_.end() ? std::nullopt : used->roundTrip();
}

} // namespace tutti::room
