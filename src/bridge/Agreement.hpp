#pragma once

#include <optional>

#include <tutti/bridge/Site.hpp>
#include <tutti/link/Bridging.hpp>

namespace tutti::bridge {

/// The timeline and the start/stop of the room's session, as far as we know, and what our LAN has to be told
/// of it. Numbers pass as they came; only what this site was not allowed to change is said anew, on the
/// common line, from a beat that is later than the change: nothing else makes Link programs take it back.
///
/// All moments are by the room's session clock.
///
/// Threads: one at a time.
/// Spec:    bridge B-5, B-12, B-13, B-15; link 4.2, 4.6, 5.5.
class Agreement {
public:
  [[nodiscard]] const time::SessionTimeline& timeline() const { return timeline_; }
  [[nodiscard]] const link::SessionStartStop& startStop() const { return startStop_; }

  /// Another session.
  void begin(const time::SessionTimeline& timeline, const link::SessionStartStop& startStop);

  struct Refused {
    bool tempo = false;
    bool startStop = false;
    bool poison = false;
  };
  /// What the programs here say.
  Refused hearHere(const time::SessionTimeline& timeline, const link::SessionStartStop& startStop,
                   const Rights& rights, SessionTime now);
  /// What another site says.
  Refused hearThere(const time::SessionTimeline& timeline, const link::SessionStartStop& startStop,
                    const Rights& rights, SessionTime now);

  /// What the programs here have to be told, if this is what they say.
  std::optional<link::OfferState> tellHere(const time::SessionTimeline& timeline,
                                           const link::SessionStartStop& startStop, SessionTime now);

private:
  struct Imposed {
    time::SessionTimeline common;
    time::SessionTimeline said;
  };

  void take(const time::SessionTimeline& timeline, const Rights& rights, SessionTime now, Refused& refused);
  void take(const link::SessionStartStop& startStop, const Rights& rights, SessionTime now, Refused& refused);
  time::SessionTimeline timelineFor(const time::SessionTimeline& here, SessionTime now);
  link::SessionStartStop startStopFor(const link::SessionStartStop& here, SessionTime now);

  time::SessionTimeline timeline_;
  link::SessionStartStop startStop_;
  std::optional<Imposed> imposed_;
  std::optional<link::SessionStartStop> imposedStartStop_;
};

/// Whether two timelines are the same numbers on the wire.
bool isSame(const time::SessionTimeline& a, const time::SessionTimeline& b);

} // namespace tutti::bridge
