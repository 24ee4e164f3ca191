// When a block began, from when its callback was woken.
//
// A driver that plays on a timer wakes its clients late by what the scheduler takes, never early. So the
// earliest of the last wakes, counted in frames, tells the driver's own schedule; the mean would tell the
// machine's load, and JACK's own filter takes seconds to forget an xrun.
//
// One thread. Microseconds of whatever clock the caller reads.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace recorder {

class EarliestWake {
public:
  explicit EarliestWake(double rate)
    : microsPerFrame_{1e6 / rate}
  {
    forget();
  }

  /// Blocks were lost: the schedule begins anew.
  void forget() { origins_.fill(std::numeric_limits<double>::infinity()); }

  /// The moment at which the block of `count` frames began, whose callback was woken at `now`.
  double begin(double now, std::uint32_t count)
  {
    const auto frames = static_cast<double>(frames_) * microsPerFrame_;
    origins_[blocks_++ % origins_.size()] = now - frames;
    frames_ += count;
    return *std::min_element(origins_.begin(), origins_.end()) + frames;
  }

private:
  double microsPerFrame_;
  std::array<double, 256>
    origins_{}; // where frame 0 would have been; short enough for clocks that drift by ppm
  std::size_t blocks_ = 0;
  std::uint64_t frames_ = 0;
};

} // namespace recorder
