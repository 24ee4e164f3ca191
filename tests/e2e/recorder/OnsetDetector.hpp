#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

namespace recorder {

/// The beginning of a click, in frames of the JACK server's counter.
struct Onset {
  double frame = 0;
  double pitchHz = 0; ///< 0 when the click is no cosine.
};

/// Finds where clicks begin, between the samples where their shape allows it.
///
/// A click leaps out of what was there before (silence, or the tail of the click before it). LinkHut's, and
/// ours, is a cosine from its crest: its first two zero crossings then tell the moment of the crest much
/// finer than one sample.
class OnsetDetector {
public:
  explicit OnsetDetector(double framesPerSecond)
    : framesPerSecond_{framesPerSecond}
  {}

  std::optional<Onset> hear(float sample, std::uint64_t frame)
  {
    const auto before = last_;
    last_ = sample;
    if (!isInside_) {
      if (std::abs(sample - before) > kLeap && std::abs(sample) > kLeap) begin(frame);
      return std::nullopt;
    }
    if (before * sample < 0) crossed(static_cast<double>(frame) - crossingBack(before, sample));
    return crossings_ == 2 || frame - start_ > kPatience ? finish() : std::nullopt;
  }

private:
  static constexpr float kLeap = 0.3F; // steeper than any slope inside the click
  static constexpr std::uint64_t kPatience = 200;

  /// How many frames ago the line between the two samples met zero.
  static double crossingBack(float before, float now)
  {
    return static_cast<double>(now) / (static_cast<double>(now) - static_cast<double>(before));
  }

  void begin(std::uint64_t frame)
  {
    isInside_ = true;
    start_ = frame;
    crossings_ = 0;
  }

  void crossed(double at)
  {
    (crossings_ == 0 ? firstCrossing_ : secondCrossing_) = at;
    ++crossings_;
  }

  std::optional<Onset> finish()
  {
    const auto leap = static_cast<double>(start_);
    isInside_ = false;
    if (crossings_ < 2) return Onset{leap, 0};
    const auto halfPeriod = secondCrossing_ - firstCrossing_;
    const auto crest = firstCrossing_ - halfPeriod / 2;
    const auto isCosine = std::abs(crest - leap) < 1.5;
    return isCosine ? Onset{crest, framesPerSecond_ / (2 * halfPeriod)} : Onset{leap, 0};
  }

  double framesPerSecond_;
  float last_ = 0;
  bool isInside_ = false;
  std::uint64_t start_ = 0;
  int crossings_ = 0;
  double firstCrossing_ = 0;
  double secondCrossing_ = 0;
};

} // namespace recorder
