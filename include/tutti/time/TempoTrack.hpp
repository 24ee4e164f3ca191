#pragma once

#include <array>
#include <cstddef>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::time {

/// How the tempo went over the last seconds: beats between two moments can be counted across its changes.
///
/// A straight piece for each tempo. The beats go on where a session's tempo changes, so the change was where
/// the old line and the new one cross; that is found also when it is noticed late. Tempi that follow each
/// other quicker than ten times a second become one, so that ten seconds always have room.
///
/// Threads: a value; all methods *any*, also *audio*.
/// Units:   microseconds of host time, finer than `HostTime` counts; beats since it began.
class TempoTrack {
public:
  /// Looks at the beats as they lie now. Whether the tempo is another than the last time.
  bool follow(const BeatGrid& grid, HostTime now);

  [[nodiscard]] bool hasBegun() const noexcept TUTTI_NONBLOCKING { return count_ > 0; }
  /// Of the newest tempo. Once it has begun.
  [[nodiscard]] double microsPerBeat() const noexcept TUTTI_NONBLOCKING { return last().microsPerBeat; }

  struct Moment {
    double at = 0;
    double pace = 1; ///< so much faster than the moment that it was asked for does it move on
  };
  /// The moment so many beats before `at`. Once it has begun.
  [[nodiscard]] Moment before(double at, double beats) const noexcept TUTTI_NONBLOCKING;

private:
  struct Piece {
    double at = 0; // until the next one
    double beats = 0;
    double microsPerBeat = 500'000;
  };
  [[nodiscard]] const Piece& last() const noexcept TUTTI_NONBLOCKING { return pieces_[count_ - 1]; }
  [[nodiscard]] const Piece& pieceAt(double at) const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] const Piece& pieceOf(double beats) const noexcept TUTTI_NONBLOCKING;
  void change(double at, double microsPerBeat);

  static constexpr std::size_t kMost = 100;

  BeatGrid grid_; // as last seen
  std::array<Piece, kMost> pieces_{};
  std::size_t count_ = 0;
};

} // namespace tutti::time
