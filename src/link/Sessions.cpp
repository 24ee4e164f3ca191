#include "Sessions.hpp"

#include <algorithm>
#include <chrono>

#include "Plausible.hpp"
#include "SessionMapping.hpp"

namespace tutti::link {
namespace {

constexpr std::chrono::milliseconds kClearlyOlder{500}; // spec link 1: session preference threshold

time::SessionTimeline clamped(time::SessionTimeline timeline)
{
  timeline.tempo = timeline.tempo.clamped();
  return timeline;
}

time::SessionTransform startingAt(HostTime now)
{
  return {1.0, Micros{-microsOf(now)}};
}

} // namespace

Sessions::Sessions(time::Tempo tempo, const NodeId& self, HostTime now)
  : current_{self}
  , timeline_{tempo.clamped(), {}, {}}
  , client_{{tempo.clamped(), {}, now}, self, {false, now, now}}
{
  slew_.jumpTo(startingAt(now));
}

bool Sessions::believes(const NodeId& session, const time::SessionTimeline& timeline, HostTime now) const
{
  const auto sessionNow = transform().toSession(now);
  if (session == current_)
    return isPlausible(timeline, sessionNow) &&
           (!isGuarded_ || canBeOverruled(timeline, timeline_, sessionNow));
  return isPlausible(timeline, timeline.timeOrigin); // its clock is not known yet; `compare` looks again
}

bool Sessions::believes(const NodeId& session, const SessionStartStop& startStop, HostTime now) const
{
  const auto sessionNow = transform().toSession(now);
  return session != current_ ||
         (isPlausible(startStop, sessionNow) && (!isGuarded_ || canBeOverruled(startStop, sessionNow)));
}

bool Sessions::sawTimeline(const NodeId& session, const time::SessionTimeline& timeline, HostTime now)
{
  if (session == current_) {
    if (timeline.beatOrigin > timeline_.beatOrigin) setTimeline(clamped(timeline), now);
    return false;
  }
  if (const auto known = others_.find(session); known != others_.end()) {
    auto& stored = known->second.timeline;
    if (timeline.beatOrigin > stored.beatOrigin) stored = timeline;
    return !known->second.transform;
  }
  if (isFull()) return false;
  others_.emplace(session, Other{timeline, std::nullopt});
  return true;
}

void Sessions::forgetDeserted(const std::set<NodeId>& inhabited)
{
  std::erase_if(others_, [&](const auto& other) { return !inhabited.contains(other.first); });
}

bool Sessions::sawStartStop(const NodeId& session, const SessionStartStop& startStop)
{
  if (session != current_ || startStop.timestamp <= startStop_.timestamp) return false;
  startStop_ = startStop;
  if (followsStartStop_)
    client_.startStop = {startStop.isPlaying, transform().toHost(timeline_.fromBeats(startStop.beat)),
                         transform().toHost(startStop.timestamp)};
  return true;
}

bool Sessions::compare(const NodeId& session, const Estimate& estimate, HostTime now)
{
  const auto other = others_.find(session);
  if (other == others_.end()) return false;
  const time::SessionTransform measured{1.0, estimate.intercept};
  if (!isPlausible(other->second.timeline, measured.toSession(now))) {
    others_.erase(other); // perhaps its next member says it otherwise
    return false;
  }
  other->second.transform = measured;
  const auto older = measured.toSession(now) - transform().toSession(now);
  const bool isAsOld = older < kClearlyOlder && older > -kClearlyOlder;
  if (older > kClearlyOlder || (isAsOld && session < current_)) {
    switchTo(session, measured, now);
    return true;
  }
  return false;
}

void Sessions::switchTo(const NodeId& session, const time::SessionTransform& transform, HostTime now)
{
  const auto next = others_.extract(session);
  become(session, next.mapped().timeline, transform);
  startStop_ = {};
  remapClient(now);
}

void Sessions::become(const NodeId& session, const time::SessionTimeline& timeline,
                      const time::SessionTransform& transform)
{
  // The old session stays known with its clock, so that nobody measures it again.
  others_.emplace(current_, Other{timeline_, slew_.transform()});
  current_ = session;
  former_.clear();
  timeline_ = clamped(timeline);
  slew_.jumpTo(transform);
}

bool Sessions::adopt(const SharedSession& session, HostTime now)
{
  const time::SessionTransform known{1.0, session.offset};
  const auto sessionNow = known.toSession(now);
  if (!isPlausible(session.timeline, sessionNow) || !isPlausible(session.startStop, sessionNow)) return false;
  if (session.id == current_) {
    timeline_ = clamped(session.timeline);
    slew_.jumpTo(known);
  } else {
    others_.erase(session.id);
    become(session.id, session.timeline, known);
  }
  // What was decided before we came is the session's, and is said on; our program waits for the next
  // decision.
  startStop_ = session.startStop;
  remapClient(now);
  return true;
}

void Sessions::steer(Micros offset, HostTime now)
{
  const auto before = transform();
  if (!isPlausible(timeline_, time::SessionTransform{1.0, offset}.toSession(now))) return;
  slew_.moveTo(offset, now);
  if (transform() != before) remapClient(now);
}

void Sessions::refine(const Estimate& estimate, HostTime now)
{
  steer(estimate.intercept, now);
}

void Sessions::setTimeline(const time::SessionTimeline& timeline, HostTime now)
{
  if (timeline == timeline_) return;
  timeline_ = timeline;
  remapClient(now);
}

void Sessions::remapClient(HostTime now)
{
  client_.timeline = toClient(client_.timeline, timeline_, now, transform());
  client_.session = current_;
  // Where the two disagree we began to follow after the peers' last decision, and wait for the next one.
  const bool isShared = followsStartStop_ && startStop_ != SessionStartStop{};
  if (isShared && client_.startStop.isPlaying == startStop_.isPlaying)
    client_.startStop = {startStop_.isPlaying, transform().toHost(timeline_.fromBeats(startStop_.beat)),
                         transform().toHost(startStop_.timestamp)};
}

bool Sessions::isContinued(const NodeId& session) const
{
  return session == current_ || std::ranges::find(former_, session) != former_.end();
}

void Sessions::commitTimeline(const time::HostTimeline& timeline, HostTime at, HostTime now)
{
  auto client = timeline;
  client.tempo = timeline.tempo.clamped();
  const auto changed = clamped(toSession(timeline_, client, at, transform()));
  if (!isPlausible(changed, transform().toSession(now), kFarthest)) return; // nobody could read it
  client_.timeline = client;
  client_.session = current_;
  setTimeline(changed, now);
}

bool Sessions::commitStartStop(const StartStop& startStop)
{
  if (startStop.decidedAt <= client_.startStop.decidedAt) return false;
  client_.startStop = startStop;
  const auto timestamp = transform().toSession(startStop.decidedAt);
  if (!followsStartStop_ || timestamp <= startStop_.timestamp) return false;
  const SessionStartStop said{startStop.isPlaying, timeline_.toBeats(transform().toSession(startStop.time)),
                              timestamp};
  if (!isPlausible(said, timestamp)) return false; // nobody could read it
  startStop_ = said;
  return true;
}

void Sessions::reset(const NodeId& self, HostTime now)
{
  const auto sessionNow = transform().toSession(now);
  const auto beats = isPlausible(timeline_, sessionNow) ? timeline_.toBeats(sessionNow) : time::Beats{};
  former_.push_back(current_);
  if (former_.size() > kMostFormer) former_.pop_front();
  current_ = self;
  timeline_ = {timeline_.tempo, beats, SessionTime{}};
  startStop_ = {};
  others_.clear();
  slew_.jumpTo(startingAt(now));
  remapClient(now);
}

void Sessions::advance(HostTime now)
{
  if (slew_.advance(now)) remapClient(now);
}

} // namespace tutti::link
