#pragma once

#include <algorithm>
#include <optional>

#include <tutti/core/NodeId.hpp>
#include <tutti/link/StartStop.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/BeatGrid.hpp>
#include <tutti/time/Phase.hpp>
#include <tutti/time/Timeline.hpp>

namespace tutti::link {

/// What a program on this machine plays by: a beat grid, the session it belongs to, and start/stop.
struct ClientState {
  time::HostTimeline timeline;
  NodeId session;
  StartStop startStop;

  friend constexpr bool operator==(const ClientState&, const ClientState&) = default;
};

/// A snapshot of tempo, beat, phase and start/stop, to ask and to change between one capture and one commit.
///
/// Keep it for a block or a button press, not longer: the session moves on. Beats that a musician sees depend
/// on the quantum; programs with different quanta share the beat, and each its own downbeat.
///
/// Threads: a value; all methods any, also *audio*. None allocates or waits.
/// Units:   beats and quanta in `Beats`, tempi clamped to 20 to 999 bpm.
/// Spec:    link 6.1.
class SessionState {
public:
  /// Whether a request may move the grid (alone) or must wait for the peers' phase.
  enum class Company { alone, withPeers };

  SessionState(const ClientState& state, Company company)
    : original_{state}
    , current_{state}
    , company_{company}
  {}

  [[nodiscard]] time::Tempo tempo() const { return current_.timeline.tempo; }
  [[nodiscard]] time::Beats beatAtTime(HostTime at, time::Beats quantum) const
  {
    return time::beatAtTime(current_.timeline, at, quantum);
  }
  /// In [0, quantum).
  [[nodiscard]] time::Beats phaseAtTime(HostTime at, time::Beats quantum) const
  {
    return time::phase(beatAtTime(at, quantum), quantum);
  }
  [[nodiscard]] HostTime timeAtBeat(time::Beats beat, time::Beats quantum) const
  {
    return time::timeAtBeat(current_.timeline, beat, quantum);
  }
  [[nodiscard]] bool isPlaying() const { return current_.startStop.isPlaying; }
  [[nodiscard]] HostTime timeForIsPlaying() const { return current_.startStop.time; }
  [[nodiscard]] time::BeatGrid beatGrid(time::Beats quantum) const
  {
    return {current_.timeline, quantum, isPlaying()};
  }

  /// From `at` on; the beat at that moment stays what it is.
  void setTempo(time::Tempo tempo, HostTime at);

  /// Maps `beat` to `at` when alone, else to the next moment from `at` on where the session's phase fits.
  void requestBeatAtTime(time::Beats beat, HostTime at, time::Beats quantum);

  /// Maps `beat` to `at` whatever the peers think: they all jump. For bridges to other clocks only.
  void forceBeatAtTime(time::Beats beat, HostTime at, time::Beats quantum);

  void startPlaying(HostTime at) { setPlaying(true, at); }
  void stopPlaying(HostTime at) { setPlaying(false, at); }

  /// Playing: `requestBeatAtTime` for the moment it began. Stopped: nothing.
  void requestBeatAtStartPlayingTime(time::Beats beat, time::Beats quantum);

  void startPlayingAndRequestBeat(HostTime at, time::Beats beat, time::Beats quantum);

  [[nodiscard]] bool changesTimeline() const { return current_.timeline != original_.timeline; }
  [[nodiscard]] bool changesStartStop() const { return current_.startStop != original_.startStop; }
  [[nodiscard]] const ClientState& current() const { return current_; }

  friend bool operator==(const SessionState&, const SessionState&) = default;

private:
  void setPlaying(bool isPlaying, HostTime at);
  void shiftTo(time::Beats beat, HostTime at, time::Beats quantum);

  ClientState original_;
  ClientState current_;
  Company company_;
};

inline void SessionState::setTempo(time::Tempo tempo, HostTime at)
{
  auto& timeline = current_.timeline;
  const time::HostTimeline changed{tempo.clamped(), timeline.toBeats(at), at};
  timeline.tempo = changed.tempo;
  timeline.timeOrigin = changed.fromBeats(timeline.beatOrigin);
}

inline void SessionState::requestBeatAtTime(time::Beats beat, HostTime at, time::Beats quantum)
{
  if (company_ == Company::withPeers)
    at = timeAtBeat(time::nextWithPhaseOf(beat, beatAtTime(at, quantum), quantum), quantum);
  forceBeatAtTime(beat, at, quantum);
}

inline void SessionState::forceBeatAtTime(time::Beats beat, HostTime at, time::Beats quantum)
{
  shiftTo(beat, at, quantum);
  // Rounding may leave the beat a millionth early, and a downbeat asked for now would be missed.
  if (beatAtTime(at, quantum) > beat) shiftTo(beat, hostTime(time::saturatingSum(microsOf(at), 1)), quantum);
}

inline void SessionState::shiftTo(time::Beats beat, HostTime at, time::Beats quantum)
{
  auto& timeline = current_.timeline;
  const auto now = beatAtTime(at, quantum);
  const auto inPhase = time::closestWithPhaseOf(beat, now, quantum);
  timeline = time::shifted(timeline, inPhase - now);
  timeline.beatOrigin = timeline.beatOrigin + (beat - inPhase);
}

inline void SessionState::setPlaying(bool isPlaying, HostTime at)
{
  current_.startStop.isPlaying = isPlaying;
  current_.startStop.time = at;
}

inline void SessionState::requestBeatAtStartPlayingTime(time::Beats beat, time::Beats quantum)
{
  if (isPlaying()) requestBeatAtTime(beat, current_.startStop.time, quantum);
}

inline void SessionState::startPlayingAndRequestBeat(HostTime at, time::Beats beat, time::Beats quantum)
{
  startPlaying(at);
  requestBeatAtStartPlayingTime(beat, quantum);
}

} // namespace tutti::link
