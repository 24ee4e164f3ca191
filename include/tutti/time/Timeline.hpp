#pragma once

#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::time {

/// A straight line between a clock and the beat grid: a tempo through one point (beat origin, time origin).
///
/// Spec: link 5.2.
template <class Moment> struct BasicTimeline {
  Tempo tempo;
  Beats beatOrigin;
  Moment timeOrigin{};

  [[nodiscard]] constexpr Beats toBeats(Moment t) const
  {
    return beatOrigin + tempo.toBeats(between(timeOrigin, t));
  }

  [[nodiscard]] constexpr Moment fromBeats(Beats beats) const
  {
    const auto distance = tempo.toMicros(beats - beatOrigin);
    return Moment{Micros{saturatingSum(timeOrigin.time_since_epoch().count(), distance.count())}};
  }

  friend constexpr bool operator==(const BasicTimeline&, const BasicTimeline&) = default;

private:
  static constexpr Micros between(Moment from, Moment to)
  {
    return Micros{saturatingDifference(to.time_since_epoch().count(), from.time_since_epoch().count())};
  }
};

/// What a program on this machine counts by.
using HostTimeline = BasicTimeline<HostTime>;

/// What all peers of a session agree on.
using SessionTimeline = BasicTimeline<SessionTime>;

/// The line moved earlier in time, so that `toBeats` grows by `distance`. Spec: link 5.5.
constexpr HostTimeline shifted(HostTimeline timeline, Beats distance)
{
  const auto step =
    saturatingDifference(microsOf(timeline.fromBeats(distance)), microsOf(timeline.fromBeats(Beats{})));
  timeline.timeOrigin = hostTime(saturatingDifference(microsOf(timeline.timeOrigin), step));
  return timeline;
}

} // namespace tutti::time
