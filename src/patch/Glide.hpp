#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::patch {

/// How fast gains move: the same in time at every sample rate.
///
/// Threads: a value.
class Pace {
public:
  static constexpr double kSeconds = 0.0025; // of one pole: 90 % after 10 ms, all after 40 ms

  constexpr Pace() = default;

  [[nodiscard]] Pace at(audio::SampleRate rate) const noexcept TUTTI_NONBLOCKING
  {
    if (rate == rate_) return *this; // no exponential for each block
    Pace pace;
    pace.rate_ = rate;
    pace.share_ = 1 - std::exp(-1 / (kSeconds * rate.hertz()));
    return pace;
  }
  [[nodiscard]] double share() const noexcept TUTTI_NONBLOCKING { return share_; }

private:
  audio::SampleRate rate_;
  double share_ = 0.0082987; // at 48 kHz
};

/// A gain on its way: it follows its target by two equal poles, so that neither its value nor its slope ever
/// leaps, and arrives. Two glides that begin together, one up and one down, always add up to the same.
///
/// Threads: *audio*.
class Glide {
public:
  explicit constexpr Glide(float start = 0)
    : between_{static_cast<double>(start)}
    , value_{static_cast<double>(start)}
  {}

  [[nodiscard]] bool isAt(float target) const noexcept TUTTI_NONBLOCKING
  {
    return value_ == static_cast<double>(target) && between_ == static_cast<double>(target);
  }

  /// The gains of the next `frames`, handed to `use(from, gains)` in pieces.
  template <class Use>
  void along(std::size_t frames, float target, Pace pace, const Use& use) noexcept TUTTI_NONBLOCKING
  {
    const auto goal = static_cast<double>(target);
    std::array<float, kPiece> gains{};
    for (std::size_t from = 0; from < frames; from += kPiece) {
      const auto piece = std::span{gains}.first(std::min(kPiece, frames - from));
      for (auto& gain : piece) {
        between_ += pace.share() * (goal - between_);
        value_ += pace.share() * (between_ - value_);
        gain = static_cast<float>(value_);
      }
      use(from, std::span<const float>{piece});
    }
    if (std::abs(goal - between_) < kArrived && std::abs(goal - value_) < kArrived) between_ = value_ = goal;
  }

private:
  static constexpr std::size_t kPiece = 64;
  static constexpr double kArrived = 1e-5; // the last step: 100 dB below full scale

  double between_; // doubles: a float's steps would end before the target
  double value_;
};

} // namespace tutti::patch
