#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include <tutti/audio/Decibels.hpp>
#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// What a meter shows at one moment.
struct Level {
  Decibels peak = Decibels::silence(); ///< The highest sample: held 1.5 s, then falling 20 dB a second.
  Decibels rms = Decibels::silence();  ///< Over about 300 ms. A full-scale square is 0 dBFS, a sine -3.01.
  bool hasClipped = false;             ///< Since the last `clearClip`.
};

/// Measures one channel in true dBFS, on time scales made for eyes.
///
/// Clipping is a sample at full scale or beyond, or one that is no number; no block between two looks is
/// missed.
///
/// Threads: `process` *audio*; `read` and `clearClip` *any*.
class Meter {
public:
  explicit Meter(SampleRate rate)
    : rate_{rate}
  {}

  void process(std::span<const float> block) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] Level read() const noexcept;
  void clearClip() noexcept;

private:
  void holdOrFall(float highest, std::size_t frames) noexcept TUTTI_NONBLOCKING;
  void average(double sumOfSquares, std::size_t frames) noexcept TUTTI_NONBLOCKING;

  SampleRate rate_;
  float peak_ = 0;              // audio
  std::int64_t holdFrames_ = 0; // audio: until it may fall
  double meanSquare_ = 0;       // audio
  std::atomic<float> shownPeak_{0};
  std::atomic<float> shownMeanSquare_{0};
  std::atomic<std::uint32_t> clips_{0};
  std::atomic<std::uint32_t> clipsCleared_{0};
};

} // namespace tutti::audio
