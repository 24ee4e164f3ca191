#pragma once

#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// Processor time of all threads of this process, since it started.
Micros processorTime();

/// Which share of one core was used between two looks, a second or more apart. Who looks more often gets the
/// same answer again.
///
/// Threads: one at a time.
class ProcessorShare {
public:
  ProcessorShare(HostTime now, Micros used)
    : lookedAt_{now}
    , used_{used}
  {}

  double look(HostTime now, Micros used);

private:
  HostTime lookedAt_;
  Micros used_;
  double share_ = 0;
};

} // namespace tutti::serve
