#pragma once

#include <tutti/core/NodeId.hpp>
#include <tutti/link/SessionState.hpp>
#include <tutti/rt/Latest.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/Timeline.hpp>

namespace tutti::linkaudio {

/// How the beats of the session lie on this machine's clock: what sound is dated with when it leaves, and
/// placed by when it comes.
///
/// Session beats are the same number for every peer, whatever it counts itself and whatever its quantum is.
/// What a program here counts by has its origin at the session's beat zero; so a session beat is the distance
/// from there.
///
/// Threads: a value; all methods *any*, also *audio*.
/// Spec:    link-audio 6.2.
struct SessionGrid {
  NodeId session;
  time::HostTimeline timeline; ///< Of a client, as `link::SessionState` has it.

  static SessionGrid of(const link::SessionState& state)
  {
    return {state.current().session, state.current().timeline};
  }

  [[nodiscard]] time::Beats beatAt(HostTime at) const noexcept TUTTI_NONBLOCKING
  {
    return timeline.toBeats(at) - timeline.beatOrigin;
  }
  [[nodiscard]] HostTime timeAt(time::Beats sessionBeat) const noexcept TUTTI_NONBLOCKING
  {
    return timeline.fromBeats(sessionBeat + timeline.beatOrigin);
  }

  friend bool operator==(const SessionGrid&, const SessionGrid&) = default;
};

/// The session that we are in now, for all channels at once. Id and beats come as a pair: at a change of
/// session, no sound is dated with the beats of one and the name of the other.
///
/// Threads: `say` one at a time, also *audio*; `read` *audio*, and also whoever renders without a device.
class CurrentSession {
public:
  /// As often as what is rendered from otherwise: the metronome, and the sound that leaves, belong together.
  void say(const SessionGrid& grid) noexcept TUTTI_NONBLOCKING { grid_.write(grid); }

  [[nodiscard]] const SessionGrid& read() noexcept TUTTI_NONBLOCKING { return grid_.read(); }

private:
  rt::Latest<SessionGrid> grid_; // control, or audio itself, to audio
};

} // namespace tutti::linkaudio
