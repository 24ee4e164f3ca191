#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include <tutti/audio/Block.hpp>

namespace tutti::jam {

/// Where on a recording a block belongs: the same place for all its tracks, counted from the first block that
/// any of them was given.
///
/// Goes on without a hole where another device begins to count anew. A block at another rate belongs nowhere,
/// nor does any after it.
///
/// Threads: `placeOf` *audio*; everything else any.
class Reel {
public:
  explicit Reel(audio::SampleRate rate)
    : rate_{rate}
  {}

  std::optional<SampleTime> placeOf(const audio::Block& block) noexcept TUTTI_NONBLOCKING
  {
    if (block.rate != rate_) hasOtherRate_.store(true, std::memory_order_relaxed);
    if (hasOtherRate_.load(std::memory_order_relaxed)) return std::nullopt;
    if (hasBegun_ && block.first == first_) return place_; // another track of the same block
    const auto passed = block.first.frames - first_.frames;
    const bool isSane = passed >= frames_ && passed - frames_ <= kLongestHole;
    if (hasBegun_) place_ = SampleTime{place_.frames + (isSane ? passed : frames_)};
    hasBegun_ = true;
    first_ = block.first;
    frames_ = static_cast<std::int64_t>(block.frames);
    length_.store(place_.frames + frames_, std::memory_order_relaxed);
    return place_;
  }

  [[nodiscard]] audio::SampleRate rate() const noexcept { return rate_; }
  [[nodiscard]] std::int64_t length() const noexcept { return length_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool hasOtherRate() const noexcept { return hasOtherRate_.load(std::memory_order_relaxed); }

private:
  static constexpr std::int64_t kLongestHole = 10 * 192'000; // more is a leap, not a dropout

  const audio::SampleRate rate_;
  bool hasBegun_ = false;   // audio
  SampleTime first_;        // audio: of the last block, by the device
  std::int64_t frames_ = 0; // audio: of the last block
  SampleTime place_;        // audio: of the last block, on the recording
  std::atomic<std::int64_t> length_{0};
  std::atomic<bool> hasOtherRate_{false};
};

} // namespace tutti::jam
