#pragma once

#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Timeline.hpp>

/// Where a beat lies inside its quantum (the bar that musicians align to), and the counting that follows from
/// it.
///
/// Spec: link 5.3 and 5.4. A quantum of zero or less means "no bar": every beat has phase zero.
namespace tutti::time {

/// The distance from the last downbeat: in [0, quantum), also for beats before the first one.
constexpr Beats phase(Beats beat, Beats quantum)
{
  const auto q = quantum.microBeats();
  if (q <= 0) return Beats{};
  const auto remainder = beat.microBeats() % q;
  return Beats::fromMicroBeats(remainder < 0 ? remainder + q : remainder);
}

/// The first beat from `from` on that has the phase of `target`.
constexpr Beats nextWithPhaseOf(Beats target, Beats from, Beats quantum)
{
  if (quantum <= Beats{}) return from;
  return from + phase(phase(target, quantum) - phase(from, quantum), quantum);
}

/// The beat nearest to `near` that has the phase of `target`; of two equally near the earlier.
constexpr Beats closestWithPhaseOf(Beats target, Beats near, Beats quantum)
{
  if (quantum <= Beats{}) return near;
  return nextWithPhaseOf(target, near - Beats::fromDouble(0.5 * quantum.toDouble()), quantum);
}

/// The beat that is shown to a musician at a moment: it has the session's phase for this quantum, and is as
/// near as that allows to what the timeline counted locally.
constexpr Beats beatAtTime(const HostTimeline& timeline, HostTime at, Beats quantum)
{
  const auto counted = timeline.toBeats(at);
  if (quantum <= Beats{}) return counted;
  return closestWithPhaseOf(counted - timeline.beatOrigin, counted, quantum);
}

/// When the musician sees that beat: the true inverse of `beatAtTime`.
constexpr HostTime timeAtBeat(const HostTimeline& timeline, Beats beat, Beats quantum)
{
  if (quantum <= Beats{}) return timeline.fromBeats(beat);
  const auto fromOrigin = beat - timeline.beatOrigin;
  const auto originPhase = phase(fromOrigin, quantum);
  const auto downbeat = fromOrigin - originPhase;
  // Rounds up where beatAtTime rounds down: hence the subtraction from the quantum, twice.
  const auto inverse = closestWithPhaseOf(quantum - phase(beat, quantum), quantum - originPhase, quantum);
  return timeline.fromBeats(timeline.beatOrigin + downbeat + quantum - inverse);
}

} // namespace tutti::time
