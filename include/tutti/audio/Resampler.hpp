#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

class SincTable;

/// Plays a stream that was counted by one clock on another: corrects drift, and converts between rates.
///
/// A windowed sinc whose ratio may be different for each block; it glides there, so nothing is heard of the
/// change:
///
///     const auto needed = resampler.inputNeeded(64, ratio);
///     resampler.process(fetch(needed), out, ratio);
///
/// At ratio 1 from the start the output is the input to the bit, `latency()` later. What the output's rate
/// cannot carry is filtered away.
///
/// Threads: one at a time, also *audio*. Constructed outside.
/// Units:   a ratio is input frames for each output frame: 1.0001 keeps up with a sender 100 ppm fast.
/// Cost:    1 µs for 64 stereo frames of equal rates (`./dev bench audio.resampler`).
class Resampler {
public:
  /// `nominal` is the input's rate divided by the output's, 0.2 to 4.5 (44.1 to 192 kHz and back). Later
  /// ratios stay within 10 % of it.
  Resampler(std::size_t channels, double nominal);
  ~Resampler();
  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;

  /// Frames that one call may bring or ask for.
  static constexpr std::size_t kLargestBlock = 4096;

  /// How many more input frames the next `outputFrames` take, if the ratio glides to `ratio` meanwhile.
  /// Exact.
  [[nodiscard]] std::size_t inputNeeded(std::size_t outputFrames, double ratio) const noexcept
    TUTTI_NONBLOCKING;

  /// How many output frames are there to be had once `inputFrames` more have come. Exact.
  [[nodiscard]] std::size_t outputPossible(std::size_t inputFrames, double ratio) const noexcept
    TUTTI_NONBLOCKING;

  /// Takes all of `input` (at least what is needed; the rest waits for the next call) and fills all of
  /// `output`. The ratio of the last frame is `ratio`.
  void process(std::span<const std::span<const float>> input, std::span<const std::span<float>> output,
               double ratio) noexcept TUTTI_NONBLOCKING;

  /// From a frame's coming in until its going out, in frames of the input. Exact, the same for all
  /// frequencies.
  [[nodiscard]] FrameCount latency() const noexcept TUTTI_NONBLOCKING;

  /// The ratio that the last block arrived at.
  [[nodiscard]] double ratio() const noexcept TUTTI_NONBLOCKING;

  /// As new: silence before the next frame.
  void reset() noexcept TUTTI_NONBLOCKING;

private:
  /// A position in the waiting input, in 2^-48 of a frame: integers, so that what is announced is what
  /// happens.
  using Position = std::int64_t;

  /// The ratio of the first frame, and how much each further one adds.
  struct Glide {
    Position step;
    Position growth;
  };

  [[nodiscard]] Position stepFor(double ratio) const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] Glide glideTo(double ratio, std::size_t frames) const noexcept TUTTI_NONBLOCKING;
  void append(std::span<const std::span<const float>> input, std::size_t needed) noexcept TUTTI_NONBLOCKING;
  void interpolate(std::span<const std::span<float>> output, std::size_t frames, Glide glide) noexcept
    TUTTI_NONBLOCKING;
  void dropConsumed() noexcept TUTTI_NONBLOCKING;

  std::shared_ptr<const SincTable> table_;
  std::vector<std::vector<float>> waiting_; // for each channel: history, then what was not consumed yet
  std::size_t filled_ = 0;                  // frames in each of them
  Position position_ = 0;                   // of the next output frame
  Position step_ = 0;
  Position nominal_ = 0;
};

} // namespace tutti::audio
