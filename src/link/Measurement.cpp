#include "Measurement.hpp"

namespace tutti::link {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kRepeat{50}; // spec link 1: ping repeat timeout
constexpr int kMostRepeats = 5;     // spec link 1: the sixth expiry fails
constexpr seconds kLongest{10};     // for settling, on a path that loses much
constexpr milliseconds kPace{10};   // gentle enough for a peer that answers 50 a second after a burst of 256
constexpr seconds kLongestRefinement{5};

/// Zero means "not said" (spec link 3.3, step 3).
bool saysNothing(const Pong& pong)
{
  return pong.answeredAt == SessionTime{} || pong.pingSentAt == HostTime{};
}

} // namespace

std::vector<Measurement::Action> Measurement::start(HostTime now)
{
  return ping(now, std::nullopt, kRepeat);
}

std::vector<Measurement::Action> Measurement::receive(const Pong& pong, HostTime now)
{
  if (isOver() || isStray(pong, now)) return {};
  if (pong.session != session_) {
    if (settledAt_ && estimator_.estimate()) return finish(Refined{*estimator_.estimate()});
    return finish(Failed{});
  }
  if (saysNothing(pong)) return askAgain(pong.answeredAt, now);
  estimator_.add(pong.pingSentAt, pong.answeredAt, now);
  missing_ = 0;
  return afterRoundTrip(pong.answeredAt, now);
}

bool Measurement::isStray(const Pong& pong, HostTime now) const
{
  // Sent before the start or in the future: the answer to another measurement's ping, or a forgery.
  return pong.pingSentAt != HostTime{} && (pong.pingSentAt < startedAt_ || pong.pingSentAt > now);
}

std::vector<Measurement::Action> Measurement::askAgain(SessionTime answeredAt, HostTime now)
{
  if (settledAt_) return {}; // the pace decides
  if (missing_ >= kMostRepeats) return finish(Failed{});
  ++missing_; // or a peer that never says anything would keep us asking for ever
  return ping(now, answeredAt, kRepeat);
}

std::vector<Measurement::Action> Measurement::afterRoundTrip(SessionTime answeredAt, HostTime now)
{
  if (settledAt_) {
    if (estimator_.roundTrips() < plan_.refineTo) return {}; // the pace decides when to ask again
    return finish(Refined{*estimator_.estimate()});
  }
  if (estimator_.roundTrips() < plan_.settleAfter) {
    if (now - startedAt_ > kLongest) return finish(Failed{}); // its clock leaps, so nothing adds up
    return ping(now, answeredAt, kRepeat);
  }

  settledAt_ = now;
  const Settled settled{*estimator_.estimate()};
  if (plan_.refineTo <= plan_.settleAfter) return finish(settled);
  due_ = now + kPace;
  return {settled};
}

std::vector<Measurement::Action> Measurement::advance(HostTime now)
{
  if (!due_ || now < *due_) return {};
  if (settledAt_) {
    const bool isEnough = estimator_.roundTrips() >= plan_.refineTo || now - *settledAt_ > kLongestRefinement;
    if (isEnough) return finish(Refined{*estimator_.estimate()});
    return ping(now, std::nullopt, kPace);
  }
  if (missing_ >= kMostRepeats || now - startedAt_ > kLongest) return finish(Failed{});
  ++missing_;
  return ping(now, std::nullopt, kRepeat);
}

std::vector<Measurement::Action> Measurement::ping(HostTime now, std::optional<SessionTime> previous,
                                                   milliseconds next)
{
  due_ = now + next;
  return {Ping{encodePing(now, previous)}};
}

std::vector<Measurement::Action> Measurement::finish(Action last)
{
  due_.reset();
  return {last};
}

} // namespace tutti::link
