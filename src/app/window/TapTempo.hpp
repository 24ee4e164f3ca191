#pragma once

#include <optional>
#include <vector>

#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::app {

/// The tempo that a musician taps.
///
/// From the second tap on it answers with the average of the last intervals; after a pause, or at an interval
/// that cannot belong to the same tempo, it starts over. A bounce of the key is not a tap.
///
/// Threads: one at a time. Time is an input.
class TapTempo {
public:
  std::optional<time::Tempo> tap(HostTime at);

private:
  [[nodiscard]] bool belongs(Micros interval) const;
  [[nodiscard]] Micros average() const;

  std::vector<HostTime> taps_;
};

} // namespace tutti::app
