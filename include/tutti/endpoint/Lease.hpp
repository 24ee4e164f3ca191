#pragma once

#include <tutti/time/HostClock.hpp>

namespace tutti::endpoint {

/// When to give a sign of life, and when the other has been silent for too long.
///
/// Each side gives one ten times a second, by TCP and by UDP, so that neither a lost datagram nor a stalled
/// connection is taken for death. Sound is no sign of life, and its flow delays nothing.
///
/// Threads: one at a time.
class Lease {
public:
  static constexpr Micros kBeat{100'000};
  static constexpr Micros kSilence{400'000}; ///< then it is lost: noticed within half a second

  explicit constexpr Lease(HostTime now)
    : heardAt_{now}
    , beatAt_{now}
  {}

  constexpr void heard(HostTime now) { heardAt_ = now; }
  [[nodiscard]] constexpr bool isOver(HostTime now) const { return now - heardAt_ >= kSilence; }

  /// Whether a sign is due; then the next one is, a beat later.
  constexpr bool takeBeat(HostTime now)
  {
    if (now < beatAt_) return false;
    beatAt_ = now + kBeat;
    return true;
  }

  [[nodiscard]] constexpr HostTime nextBeat() const { return beatAt_; }
  [[nodiscard]] constexpr HostTime nextDeadline() const
  {
    const auto over = heardAt_ + kSilence;
    return over < beatAt_ ? over : beatAt_;
  }

private:
  HostTime heardAt_;
  HostTime beatAt_;
};

} // namespace tutti::endpoint
