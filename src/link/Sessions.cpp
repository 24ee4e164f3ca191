#include "Sessions.hpp"

#include <algorithm>
#include <chrono>

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
  // The old session stays known with its clock, so that nobody measures it again.
  others_.emplace(current_, Other{timeline_, slew_.transform()});
  current_ = session;
  former_.clear();
  startStop_ = {};
  timeline_ = clamped(next.mapped().timeline);
  slew_.jumpTo(transform);
  remapClient(now);
}

void Sessions::refine(const Estimate& estimate, HostTime now)
{
  const auto before = transform();
  slew_.moveTo(estimate.intercept, now);
  if (transform() != before) remapClient(now);
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
  client_.timeline = timeline;
  client_.timeline.tempo = timeline.tempo.clamped();
  client_.session = current_;
  setTimeline(clamped(toSession(timeline_, client_.timeline, at, transform())), now);
}

bool Sessions::commitStartStop(const StartStop& startStop)
{
  if (startStop.decidedAt <= client_.startStop.decidedAt) return false;
  client_.startStop = startStop;
  const auto timestamp = transform().toSession(startStop.decidedAt);
  if (!followsStartStop_ || timestamp <= startStop_.timestamp) return false;
  startStop_ = {startStop.isPlaying, timeline_.toBeats(transform().toSession(startStop.time)), timestamp};
  return true;
}

void Sessions::reset(const NodeId& self, HostTime now)
{
  const auto beats = timeline_.toBeats(transform().toSession(now));
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
