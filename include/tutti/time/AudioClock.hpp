#pragma once

#include <atomic>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/HostTimeFilter.hpp>
#include <tutti/time/ShiftDetector.hpp>

namespace tutti::time {

/// Says at which host time the first sample of a block becomes audible: the time to ask musical questions
/// with.
///
/// Filters callback jitter, adds the device's output latency and the musician's own trim. A late wake-up does
/// not bend the line. When an xrun shifts the sample counter against host time, the counter runs backwards or
/// either clock leaps, the line starts afresh by itself, within some blocks.
///
/// Threads: `blockAt` *audio*; the setters *any*.
/// Spec:    link 11, 11.6.
class AudioClock {
public:
  /// `first` is the block's first sample on the device's counter, `now` the moment the callback began.
  HostTime blockAt(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING;

  /// From the block handed to the device until it is heard.
  void setOutputLatency(Micros latency) noexcept TUTTI_NONBLOCKING;

  /// What the device does not report, by ear or by measurement; may be negative.
  void setTrim(Micros trim) noexcept TUTTI_NONBLOCKING;

  /// Forget the past: after a device or rate change.
  void reset() noexcept TUTTI_NONBLOCKING;

private:
  HostTime atDevice(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] bool hasLeapt(SampleTime first, HostTime now) const noexcept TUTTI_NONBLOCKING;
  void startAfresh() noexcept TUTTI_NONBLOCKING;

  HostTimeFilter filter_;                // audio
  ShiftDetector shifts_;                 // audio
  SampleTime last_;                      // audio
  HostTime lastNow_;                     // audio
  std::atomic<bool> resetAsked_ = false; // both
  std::atomic<std::int64_t> latency_{0}; // both, µs
  std::atomic<std::int64_t> trim_{0};    // both, µs
};

} // namespace tutti::time
