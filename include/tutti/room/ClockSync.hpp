#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include <tutti/time/HostClock.hpp>

namespace tutti::room {

/// A moment on another member's machine, by its own clock: microseconds.
struct RemoteTime {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(RemoteTime, RemoteTime) = default;
};

/// How another member's clock stands to ours.
///
/// Two members exchange probes with four time stamps: asked (ours), heard and answered (theirs), come back
/// (ours). A question that travelled unhindered bounds the distance of the clocks from above, an answer from
/// below, whenever they were; the straight line with the widest strip around it between all upper and all
/// lower bounds of the last minutes is the relation. So the fastest trips of each direction decide, they need
/// not belong to one round trip, and drift is part of the answer. What callers see moves at most 200 ppm,
/// unless it was wrong by more than 5 ms.
///
/// Threads: one at a time.
/// Spec:    room, Clock sync.
class ClockSync {
public:
  struct Trip {
    HostTime askedAt;
    RemoteTime heardAt;
    RemoteTime answeredAt;
    HostTime cameAt;
  };

  struct Relation {
    double offsetMicros = 0; ///< theirs minus ours, now
    double driftPpm = 0;     ///< theirs runs so much faster
    Micros likelyError{0};   ///< what the spread of the fastest trips suggests
    Micros bound{0};         ///< never wrong by more: half the shortest round trip
    Micros there{0};         ///< the last question's way, one direction
    Micros back{0};          ///< the last answer's way
    std::size_t trips = 0;

    /// Whether a frame that was captured then may be played now: more than two seconds away, it is a replay
    ///
    [[nodiscard]] bool isFresh(RemoteTime captured, HostTime now) const;
  };

  void add(const Trip& trip);

  /// Nothing before the first trip.
  [[nodiscard]] std::optional<Relation> relation(HostTime now) const;
  [[nodiscard]] std::optional<RemoteTime> toRemote(HostTime ours) const;
  [[nodiscard]] std::optional<HostTime> toHost(RemoteTime theirs) const;

  /// When to ask next: ten times a second while settling, once a second after.
  [[nodiscard]] HostTime nextProbe() const;
  /// A question leaves now.
  void asked(HostTime now);

private:
  struct Line {
    double offset = 0; // at `origin_`, µs
    double slope = 0;  // µs a µs
    double width = 0;
  };
  struct Sample {
    double at = 0;    // µs since origin, when asked
    double upper = 0; // of the offset then
    double backAt = 0;
    double lower = 0; // of the offset when the answer came
  };
  [[nodiscard]] double sinceOrigin(HostTime at) const;
  [[nodiscard]] Line strip(double slope) const;
  [[nodiscard]] Line widestStrip() const;
  [[nodiscard]] double spreadAround(const Line& line) const;
  [[nodiscard]] double shownAt(HostTime at) const;
  [[nodiscard]] bool contradicts(const Sample& sample) const;
  void glide(HostTime now);

  std::deque<Sample> samples_;
  HostTime origin_{};
  Line line_;
  double spread_ = 0;
  double shown_ = 0; // what callers see, at `shownSince_`
  HostTime shownSince_{};
  std::optional<HostTime> askedAt_;
  std::size_t asked_ = 0;
  std::size_t trips_ = 0;
  Micros there_{0};
  Micros back_{0};
};

} // namespace tutti::room
