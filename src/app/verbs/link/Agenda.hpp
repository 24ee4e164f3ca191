#pragma once

#include <map>
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
  HostTime nextSecond_;
  std::multimap<HostTime, time::Tempo> tempi_; // of two at the same time the one said later comes later
  std::optional<HostTime> end_;
};

} // namespace tutti::app
