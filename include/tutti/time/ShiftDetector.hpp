#pragma once

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::time {

/// Tells a shift between two clocks from the jitter of callbacks, by how far each block is off the line that
/// it was expected on.
///
/// One late wake-up is jitter, and so are the blocks after it that catch up; eight in a row to one side, none
/// nearer to the line than the first of them, are a shift. How far is far, the device teaches: three times
/// its usual error.
///
/// Threads: one at a time, also *audio*.
/// Units:   microseconds.
class ShiftDetector {
public:
  enum class Verdict {
    usual,
    stray,  ///< Too far off to learn anything from it.
    shifted ///< The line is no longer true.
  };

  Verdict judge(double error) noexcept TUTTI_NONBLOCKING;

  /// There is a new line. What is usual on this device remains known.
  void startAfresh() noexcept TUTTI_NONBLOCKING { strays_ = 0; }

private:
  double usual_ = 0;
  double firstStray_ = 0;
  int strays_ = 0; // in a row
};

} // namespace tutti::time
