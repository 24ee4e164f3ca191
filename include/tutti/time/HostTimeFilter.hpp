#pragma once

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Rounding.hpp>
#include <tutti/time/SlidingRegression.hpp>

namespace tutti::time {

/// Says when a sample was at the device, from the jittery moments at which callbacks happened to run.
///
/// Fits a line through the last 512 pairs (sample count, host time) and reads the newest sample from it.
/// O(1) per call. Knows nothing of xruns: `AudioClock` notices them and calls `reset`.
///
/// Threads: one at a time, also *audio*.
/// Spec:    link 11.6.
class HostTimeFilter {
public:
  HostTime hostTimeOf(SampleTime sample, HostTime now) noexcept TUTTI_NONBLOCKING
  {
    line_.add(sample.frames, microsOf(now));
    return predicted(sample);
  }

  /// Where the line puts a sample, without learning from it.
  [[nodiscard]] HostTime predicted(SampleTime sample) const noexcept TUTTI_NONBLOCKING
  {
    return hostTime(rounded(line_.at(sample.frames)));
  }

  [[nodiscard]] std::size_t points() const noexcept TUTTI_NONBLOCKING { return line_.count(); }

  void reset() noexcept TUTTI_NONBLOCKING { line_.reset(); }

private:
  SlidingRegression<512> line_; // spec link 1: host-time filter window
};

} // namespace tutti::time
