#pragma once

#include <optional>
#include <vector>

#include "LinkOptions.hpp"

namespace tutti::app {

/// What `tutti link` has to do at which time: a report each second, tempi that were ordered, the end.
///
/// Threads: one at a time, any.
class Agenda {
public:
  Agenda(const LinkOptions& options, HostTime start);

  struct Due {
    std::vector<time::Tempo> tempi;
    bool isSecond = false;
    bool isOver = false;
  };
  /// Everything due up to `now`. Seconds that were slept through are left out.
  Due advance(HostTime now);

  [[nodiscard]] HostTime nextDeadline() const;

private:
  HostTime start_;
  HostTime nextSecond_;
  std::vector<TempoChange> tempoChanges_; // soonest last
  std::optional<HostTime> end_;
};

} // namespace tutti::app
