#pragma once

#include <cstdint>

#include <tutti/stream/PlayoutStatistics.hpp>

#include "ClockFilter.hpp"

namespace tutti::stream {

/// Whether a delay of some beats can be kept, and when the sender's frames were at the instrument.
///
/// That moment comes from the sender's own clock, so no path bends it: what was captured at one beat can be
/// played exactly so many beats later. A path that needs longer than that is refused until it needs
/// noticeably less.
///
/// Threads: one at a time.
/// Units:   microseconds.
class BeatDelay {
public:
  explicit BeatDelay(audio::SampleRate sender)
    : captured_{sender}
  {}

  /// By our clock.
  void captured(std::int64_t frame, double at);
  void setTempo(double microsPerBeat) { microsPerBeat_ = microsPerBeat; }
  /// The sender counts anew.
  void reset() { captured_.reset(); }

  /// `needed` is the shortest time from instrument to ear in which nearly all comes in time.
  InBeats judge(int beats, double needed);
  /// So many beats at this tempo.
  [[nodiscard]] double lengthOf(int beats) const { return beats * microsPerBeat_; }
  [[nodiscard]] bool isKnown() const { return captured_.hasBegun() && microsPerBeat_ > 0; }
  [[nodiscard]] const ClockFilter& captureClock() const { return captured_; }

private:
  ClockFilter captured_;
  double microsPerBeat_ = 0;
  InBeats last_ = InBeats::off;
};

} // namespace tutti::stream
