#pragma once

#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::link {

/// Whether this program plays, since when, and when that was decided.
struct StartStop {
  bool isPlaying = false;
  HostTime time{};      ///< The audible moment of the start or stop.
  HostTime decidedAt{}; ///< The newer decision wins.

  friend constexpr bool operator==(const StartStop&, const StartStop&) = default;
};

/// The same as all peers of a session say it. All zero means "never set". Spec: link 2.6.
struct SessionStartStop {
  bool isPlaying = false;
  time::Beats beat;
  SessionTime timestamp{};

  friend constexpr bool operator==(const SessionStartStop&, const SessionStartStop&) = default;
};

} // namespace tutti::link
