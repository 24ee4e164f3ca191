#include <tutti/room/Path.hpp>

#include <algorithm>
#include <chrono>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr int kFirstChecks = 7;  // spec room R-14: of an address,
constexpr int kFirstToRelay = 4; //  so a member's relay gets as many on all ways together
constexpr int kFirstByRelay = 3;
constexpr Micros kFirstPause = 50ms;          // RFC 8445 14.2, doubled each time
constexpr Micros kWarm = 1s;                  // between checks of a path that carries
constexpr Micros kSilence = 400ms;            // spec room R-13
constexpr int kLastChecks = 3;                // "then three checks
constexpr Micros kLastPause = 100ms;          //  100 ms apart"
constexpr Micros kConsent = 15s;              // RFC 7675 5.1
constexpr Micros kRetry = 5s;                 // a dead path may come back; doubled each time
constexpr Micros kLongestRetry = 60s;         // whoever lives at that address by now
constexpr std::size_t kMeasurements = 9;      // round trips that are remembered
constexpr std::size_t kFirstMeasurements = 5; // follow each other closely: one alone may have had bad luck
constexpr double kBetter = 0.9;
constexpr Micros kBetterBy = 300us;
constexpr Micros kBetterFor = 1s;
constexpr double kAlike = 1.05;
constexpr Micros kAlikeBy = 150us;

using Offer = PathChoice::Offer;

double share(Micros part, Micros whole)
{
  return static_cast<double>(part.count()) / static_cast<double>(std::max<std::int64_t>(whole.count(), 1));
}

bool isBetter(const Offer& one, const Offer& than)
{
  return one.roundTrip + kBetterBy <= than.roundTrip && share(one.roundTrip, than.roundTrip) <= kBetter;
}

bool isHardlySlower(const Offer& one, const Offer& than)
{
  return one.roundTrip <= than.roundTrip + kAlikeBy || share(one.roundTrip, than.roundTrip) <= kAlike;
}

bool isNearer(const Offer& one, const Offer& than)
{
  return one.path.kind < than.path.kind && isHardlySlower(one, than);
}

/// The nearest of those that are about as fast as the fastest.
const Offer& bestOf(const std::vector<Offer>& offers)
{
  const auto& fastest = *std::ranges::min_element(offers, {}, &Offer::roundTrip);
  const auto* best = &fastest;
  for (const auto& offer : offers) {
    if (!isHardlySlower(offer, fastest)) continue;
    const bool isSameKind = offer.path.kind == best->path.kind;
    if (offer.path.kind < best->path.kind || (isSameKind && offer.roundTrip < best->roundTrip)) best = &offer;
  }
  return *best;
}

int mostGuesses(const Path& path)
{
  if (path.via) return kFirstByRelay;
  return path.kind == PathKind::turn ? kFirstToRelay : kFirstChecks;
}

} // namespace

void PathCheck::sent(HostTime now)
{
  ++unanswered_;
  sentAt_ = now;
  switch (state_) {
  case State::fresh:
    due_ = now + kFirstPause * (1 << std::min(unanswered_ - 1, 4));
    if (unanswered_ < mostGuesses(path_)) return;
    state_ = State::givenUp;
    due_ = HostTime::max();
    return;
  case State::valid:
    due_ = now + kWarm;
    return;
  case State::suspected:
    due_ = now + kLastPause;
    return;
  case State::dead:
    retry_ = std::min(2 * retry_, kLongestRetry);
    due_ = now + retry_;
    return;
  case State::givenUp:
    due_ = HostTime::max();
  }
}

void PathCheck::answered(Micros roundTrip, HostTime now)
{
  roundTrips_.push_back(roundTrip);
  if (roundTrips_.size() > kMeasurements) roundTrips_.erase(roundTrips_.begin());
  const bool isNew = roundTrips_.size() < kFirstMeasurements;
  if (isNew || state_ != State::valid)
    due_ = now + kLastPause * (isNew ? 1 : static_cast<int>(roundTrips_.size())); // measure it soon
  state_ = State::valid;
  unanswered_ = 0;
  answeredAt_ = now;
  heardAt_ = now;
}

void PathCheck::heard(HostTime now)
{
  heardAt_ = now;
  if (state_ == State::suspected) {
    state_ = State::valid;
    unanswered_ = 0;
  }
}

void PathCheck::expectTraffic(bool isExpected, HostTime now)
{
  if (isExpected && !isTrafficExpected_) heardAt_ = std::max(heardAt_, now);
  isTrafficExpected_ = isExpected;
}

void PathCheck::encourage(HostTime now)
{
  if (carries() || (sentAt_ && now - *sentAt_ < kFirstPause)) return;
  if (isGivenUp()) restart(now);
  hurry(now);
}

void PathCheck::restart(HostTime now)
{
  const auto expected = isTrafficExpected_;
  const auto sentAt = sentAt_;
  *this = PathCheck{path_, now};
  isTrafficExpected_ = expected;
  sentAt_ = sentAt;
}

void PathCheck::doubt(HostTime now)
{
  if (carries())
    suspect(now);
  else
    restart(now);
}

void PathCheck::suspect(HostTime now)
{
  state_ = State::suspected;
  unanswered_ = 0;
  due_ = now;
}

void PathCheck::advance(HostTime now)
{
  if (state_ == State::valid) {
    const bool isSilent = isTrafficExpected_ && now - heardAt_ >= kSilence;
    const bool isUnanswered = unanswered_ >= 2 && now >= due_; // a warm path that missed two checks
    if (isSilent || isUnanswered) suspect(now);
  }
  const bool hasHadItsChecks = state_ == State::suspected && unanswered_ >= kLastChecks && now >= due_;
  const bool hasLostConsent = carries() && now - answeredAt_ >= kConsent;
  if (!hasHadItsChecks && !hasLostConsent) return;
  state_ = State::dead;
  roundTrips_.clear();
  retry_ = kRetry;
  due_ = now + retry_;
}

bool PathCheck::isSettled() const
{
  return roundTrips_.size() >= kFirstMeasurements;
}

std::optional<Micros> PathCheck::roundTrip() const
{
  if (roundTrips_.empty()) return std::nullopt;
  auto sorted = roundTrips_;
  std::ranges::sort(sorted);
  return sorted[(sorted.size() - 1) / 4];
}

/// Those that have been better, or nearer, for long enough.
std::vector<Offer> PathChoice::ripeRivals(const std::vector<Offer>& offers, const Offer& current,
                                          HostTime now)
{
  std::vector<Rival> rivals;
  std::vector<Offer> ripe;
  for (const auto& offer : offers) {
    if (!isBetter(offer, current) && !isNearer(offer, current)) continue;
    const auto known = std::ranges::find(rivals_, offer.path, &Rival::path);
    const auto since = known == rivals_.end() ? now : known->since;
    rivals.push_back({offer.path, since});
    if (now - since >= kBetterFor) ripe.push_back(offer);
  }
  rivals_ = std::move(rivals);
  return ripe;
}

std::optional<Path> PathChoice::choose(const std::vector<Offer>& offers, HostTime now)
{
  if (offers.empty()) {
    rivals_.clear();
    current_.reset();
    return current_;
  }
  const auto current =
    std::ranges::find_if(offers, [this](const Offer& offer) { return offer.path == current_; });
  if (current == offers.end()) {
    current_ = bestOf(offers).path;
    rivals_.clear();
    return current_;
  }
  const auto ripe = ripeRivals(offers, *current, now);
  if (!ripe.empty()) current_ = bestOf(ripe).path;
  return current_;
}

} // namespace tutti::room
