#pragma once

#include <cstdint>

#include <tutti/audio/SampleRate.hpp>

namespace tutti::audio {

/// When the periods of a device that does not exist are due.
///
/// Counted from the start in frames, so that the pace is exact for ever. Who comes a little late catches up;
/// who comes much too late leaves out what cannot be made up for.
///
/// Threads: one at a time.
class Pace {
public:
  Pace(SampleRate rate, std::size_t frames, HostTime start)
    : rate_{rate}
    , frames_{static_cast<std::int64_t>(frames)}
    , start_{start}
  {}

  [[nodiscard]] HostTime nextDue() const { return start_ + rate_.toMicros(FrameCount{played_}); }

  struct Turn {
    HostTime due;              ///< When the period should have begun.
    std::uint32_t skipped = 0; ///< Frames left out before it.
  };

  /// The next period begins.
  Turn begin(HostTime now)
  {
    std::int64_t skipped = 0;
    if (now - nextDue() > kMuchTooLate) {
      const auto late = static_cast<std::int64_t>(rate_.toFrames(now - nextDue()));
      skipped = late / frames_ * frames_;
    }
    played_ += skipped;
    const Turn turn{nextDue(), static_cast<std::uint32_t>(skipped)};
    played_ += frames_;
    return turn;
  }

private:
  static constexpr Micros kMuchTooLate{100'000};

  SampleRate rate_;
  std::int64_t frames_;
  HostTime start_;
  std::int64_t played_ = 0; // frames, those left out included
};

} // namespace tutti::audio
