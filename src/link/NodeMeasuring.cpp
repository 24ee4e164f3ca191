// How a node finds out what time it is elsewhere, and what follows from it.
#include "Node.hpp"

#include <type_traits>

namespace tutti::link {
namespace {

constexpr std::chrono::seconds kRemeasure{30};
constexpr std::chrono::seconds kKeepUp{2}; // a bridge whose site has the founder is the clock of all sites

} // namespace

void Node::measure(const NodeId& session, Measurements::Purpose purpose, HostTime now)
{
  const auto peer = peers_.measurable(session);
  if (!peer) return;
  const auto to = peers_.find(*peer)->state.measurement;
  perform(measurements_.start(*peer, to, session, purpose, Measurement::kJoin, now), now);
}

void Node::remeasure(HostTime now)
{
  if (clock_ == ClockSource::founder) {
    remeasureAt_ = now + kKeepUp;
    const auto founder = peers_.measurable(sessions_.current());
    if (!founder || founder->id != sessions_.current() || measurements_.isRunning(*founder)) return;
    const auto to = peers_.find(*founder)->state.measurement;
    perform(measurements_.start(*founder, to, sessions_.current(), Measurements::Purpose::follow,
                                Measurement::kProbe, now),
            now);
    return;
  }
  remeasureAt_ = now + kRemeasure;
  measure(sessions_.current(), Measurements::Purpose::follow, now);
}

void Node::probe(HostTime now)
{
  const auto peer = monitor_.choose(peers_, sessions_.current(), now);
  if (!peer || measurements_.isRunning(*peer) || measurements_.isFull()) return;
  const auto to = peers_.find(*peer)->state.measurement;
  perform(measurements_.start(*peer, to, sessions_.current(), Measurements::Purpose::probe,
                              Measurement::kProbe, now),
          now);
}

void Node::perform(const Measurements::Actions& actions, HostTime now)
{
  for (const auto& action : actions) {
    if (const auto* ping = std::get_if<Measurements::Ping>(&action))
      outbox_.emplace_back(Send{ping->gateway, Socket::measurement, ping->to, ping->datagram});
    else
      conclude(std::get<Measurements::Outcome>(action), now);
  }
}

void Node::conclude(const Measurements::Outcome& outcome, HostTime now)
{
  using Kind = Measurements::Outcome::Kind;
  const bool isKnown = outcome.kind != Kind::failed;
  if (isKnown) peers_.markMeasured(outcome.peer.id);
  switch (outcome.purpose) {
  case Measurements::Purpose::probe:
    if (isKnown && outcome.session == sessions_.current())
      monitor_.measured(outcome.peer.id, outcome.estimate.intercept - sessions_.transform().intercept,
                        outcome.estimate, now);
    break;
  case Measurements::Purpose::compare:
    concludeComparison(outcome, now);
    break;
  case Measurements::Purpose::follow:
    if (outcome.session != sessions_.current()) break;
    if (clock_ == ClockSource::bridge) break;
    if (!isKnown) {
      remeasureAt_ = now + (clock_ == ClockSource::founder ? kKeepUp : kRemeasure);
      break;
    }
    estimate_ = outcome.estimate;
    sessions_.refine(outcome.estimate, now);
    break;
  }
}

void Node::concludeComparison(const Measurements::Outcome& outcome, HostTime now)
{
  if (outcome.kind == Measurements::Outcome::Kind::failed) {
    // All its members are forgotten, so that it is tried again as soon as one of them is heard.
    sessions_.forget(outcome.session);
    for (const auto& member : peers_.removeSession(outcome.session)) forget(member);
    recount(now);
    return;
  }
  if (!sessions_.compare(outcome.session, outcome.estimate, now)) {
    measurements_.cancel(outcome.peer);
    return;
  }
  measurements_.follow(outcome.peer);
  forgetDistant(now);
  estimate_ = outcome.estimate;
  monitor_.reset();
  if (clock_ == ClockSource::peers) remeasureAt_ = now + kRemeasure;
  changes_.add(now, Change::Kind::sessionJoined, 0, 0, doer_);
  announceChange(now);
  recount(now);
}

} // namespace tutti::link
