#pragma once

#include <chrono>
#include <cstdint>

#include <tutti/link/StartStop.hpp>
#include <tutti/time/Timeline.hpp>

/// What no honest program says: we neither take it over nor say it.
namespace tutti::link {

/// 285 years in microseconds. Below it doubles count exactly and no sum of ours overflows; a message that
/// goes beyond is not read.
inline constexpr std::int64_t kFarthest = std::int64_t{1} << 53U;

/// Half of it: what we take over from others. Our own changes lie beyond what we took over, and others still
/// have to read them.
inline constexpr std::int64_t kFarthestTakenOver = kFarthest / 2;

/// A decision from further in the future would keep everyone from deciding again until then. Clocks of a
/// session differ by less, even when a machine was asleep until just before its peers gave it up.
inline constexpr std::chrono::seconds kMostAhead{10};

constexpr bool isWithin(std::int64_t value, std::int64_t limit)
{
  return value >= -limit && value <= limit;
}

/// Whether a timeline's origins, and the beat that it counts at `now`, are within `limit`.
constexpr bool isPlausible(const time::SessionTimeline& timeline, SessionTime now,
                           std::int64_t limit = kFarthestTakenOver)
{
  return isWithin(timeline.beatOrigin.microBeats(), limit) &&
         isWithin(microsOf(timeline.timeOrigin), limit) && isWithin(microsOf(now), limit) &&
         isWithin(timeline.toBeats(now).microBeats(), limit);
}

constexpr bool isPlausible(const SessionStartStop& startStop, SessionTime now)
{
  return isWithin(startStop.beat.microBeats(), kFarthest) && startStop.timestamp <= now + kMostAhead;
}

} // namespace tutti::link
