#pragma once

#include <Dice.hpp>
#include <algorithm>
#include <cmath>
#include <tutti/time/HostClock.hpp>

namespace tutti::test {

/// A sound device in simulated time: it counts samples at its own rate, and wakes its callback a little late.
class SimulatedDevice {
public:
  struct Setup {
    double rate = 48'000; ///< Frames a second as the host's clock sees them.
    int block = 64;       ///< Frames.
    double lateness = 20; ///< µs in the mean; most blocks less, few much more.
    int burst = 1;        ///< Blocks that are woken together, since the sound server's are so much larger.
  };
  struct Block {
    SampleTime first;
    HostTime woken;
    double due = 0; ///< When it ought to be woken, in µs: the truth.
  };

  SimulatedDevice(const Setup& setup, std::uint64_t seed)
    : setup_{setup}
    , dice_{seed}
  {}

  Block next()
  {
    const auto ready = due_ + lengthOf(setup_.burst - 1 - blocks_ % setup_.burst);
    const auto late =
      std::min(setup_.lateness > 0 ? dice_.exponential(setup_.lateness) : 0.0, 10 * setup_.lateness);
    const auto woken = std::max(std::floor(ready + late + oversleep_), lastWoken_ + kShortest);
    const Block block{SampleTime{frames_}, hostTime(static_cast<std::int64_t>(woken)), due_};
    lastWoken_ = woken;
    oversleep_ = 0;
    ++blocks_;
    frames_ += setup_.block;
    due_ += lengthOf(1);
    return block;
  }

  /// An xrun: time goes on, the counter does not.
  void loseTime(double micros) { due_ += micros; }
  /// The counter is set, as when a sound server is started again.
  void setCounter(std::int64_t frames) { frames_ = frames; }
  [[nodiscard]] std::int64_t counter() const { return frames_; }
  /// The machine's clock is somewhere else all of a sudden.
  void leapInTime(double micros)
  {
    due_ += micros;
    lastWoken_ += micros;
  }
  /// The next callback comes late, those after it as soon as they can.
  void oversleep(double micros) { oversleep_ = micros; }
  void setRate(double rate) { setup_.rate = rate; }

private:
  static constexpr double kShortest = 20; // µs; no callback is over sooner

  [[nodiscard]] double lengthOf(int blocks) const { return blocks * setup_.block * 1e6 / setup_.rate; }

  Setup setup_;
  Dice dice_;
  int blocks_ = 0;
  std::int64_t frames_ = 0;
  double due_ = 3'600e6;
  double lastWoken_ = 0;
  double oversleep_ = 0;
};

} // namespace tutti::test
