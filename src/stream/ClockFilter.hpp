#pragma once

#include <cstdint>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::stream {

/// The straight line between a device's frames and this machine's time, from moments that jitter.
///
/// A loop of second order: it follows 0.5 Hz wide for four seconds, so that it is soon near; then ever
/// narrower, down to 0.05 Hz, so that what the network does to single packets does not become a change of
/// pitch.
///
/// Threads: one at a time, also *audio*.
/// Units:   microseconds of host time, finer than `HostTime` counts.
class ClockFilter {
public:
  explicit ClockFilter(audio::SampleRate nominal) noexcept TUTTI_NONBLOCKING;

  static constexpr double kFurthestPpm = 1000; ///< What is further off is another clock: resynchronise.

  /// What a moment teaches.
  enum class Lesson : std::uint8_t { all, offsetOnly };

  /// `frames` began at `frame` at this moment, as near as somebody could tell. `care` below 1 narrows the
  /// loop. Frames that overtook each other may come in any order.
  void add(std::int64_t frame, std::int64_t frames, double micros, double care = 1,
           Lesson lesson = Lesson::all) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] double microsAt(double frame) const noexcept TUTTI_NONBLOCKING
  {
    return micros_ + (frame - static_cast<double>(frame_)) * period_;
  }
  [[nodiscard]] double frameAt(double micros) const noexcept TUTTI_NONBLOCKING
  {
    return static_cast<double>(frame_) + (micros - micros_) / period_;
  }
  [[nodiscard]] double microsPerFrame() const noexcept TUTTI_NONBLOCKING { return period_; }
  [[nodiscard]] std::int64_t frame() const noexcept TUTTI_NONBLOCKING { return frame_; }

  /// How much faster than its nominal rate the device counts.
  [[nodiscard]] double driftPpm() const noexcept TUTTI_NONBLOCKING { return (nominal_ / period_ - 1) * 1e6; }
  [[nodiscard]] bool hasBegun() const noexcept TUTTI_NONBLOCKING { return hasBegun_; }
  /// In seconds of the device's own counting.
  [[nodiscard]] double age() const noexcept TUTTI_NONBLOCKING { return age_; }

  /// From here on everything is this much later; the rate stays.
  void shift(double micros) noexcept TUTTI_NONBLOCKING { micros_ += micros; }

  /// The next moments alone say when frames are; the rate stays.
  void forgetOffset() noexcept TUTTI_NONBLOCKING { points_ = 0; }
  /// As if nothing had been learnt yet of how fast the device counts.
  void forgetRate() noexcept TUTTI_NONBLOCKING;

  void reset() noexcept TUTTI_NONBLOCKING;

private:
  double nominal_; // µs per frame
  double period_;
  std::int64_t frame_ = 0;
  double micros_ = 0;
  double age_ = 0;
  int points_ = 0;
  bool hasBegun_ = false;
};

} // namespace tutti::stream
