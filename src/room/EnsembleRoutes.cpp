// Which of the ways that carry is taken.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>

namespace tutti::room {

/// Relays that end soon are left while they still carry, unless only the forwarder is left.
std::vector<PathChoice::Offer> Ensemble::offersOf(const Fellow& fellow) const
{
  const auto isToStay = [&](const PathCheck& check) {
    return check.carries() && check.isSettled() && !isRetiring(fellow, check.path());
  };
  const bool mayLeave = std::ranges::any_of(fellow.checks, isToStay);
  std::vector<PathChoice::Offer> offers;
  for (const auto& check : fellow.checks) {
    const bool isOffered =
      check.carries() && check.roundTrip() && !(mayLeave && isRetiring(fellow, check.path()));
    if (isOffered) offers.push_back({check.path(), *check.roundTrip()});
  }
  if (isProved_ && forwarder_->roundTrip())
    offers.push_back({forwarder_->path(), *forwarder_->roundTrip() + fellow.forwarderRoundTrip});
  return offers;
}

void Ensemble::chooseRoutes(Actions& out, HostTime now)
{
  std::vector<Way> routes;
  std::vector<std::uint16_t> without;
  bool needsForwarder = false;
  for (auto& [id, fellow] : fellows_) {
    const auto path = fellow.choice.choose(offersOf(fellow), now);
    if (!path) continue;
    if (path->kind == PathKind::forwarder) {
      needsForwarder = true;
      continue;
    }
    routes.push_back(path->way());
    without.push_back(fellow.slot);
  }
  if (needsForwarder) routes.emplace_back(forwarder_->path().to);
  if (!needsForwarder) without.clear(); // nothing goes there anyway
  if (without != without_) {
    without_ = without;
    if (forwarder_ && isProved_) { // tell it at once, or somebody misses packets
      forwarder_->hurry(now);
      checkForwarder(now, out);
    }
  }
  if (routes == routes_) return;
  routes_ = routes;
  isHelloDue_ = true;
  isAskDue_ = true;
  out.emplace_back(SetRoutes{routes});
}

} // namespace tutti::room
