#pragma once

#include <atomic>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/AudioClock.hpp>

namespace tutti::audio {

/// When the two ends of a block are at the instrument and at the ear.
///
/// Threads: `blockAt` *audio*; everything else *any*.
class DeviceClock {
public:
  struct Moments {
    HostTime captured;
    HostTime audible;
  };

  /// `first` is the block's first frame on the device's counter, `began` when the device handed out the
  /// period.
  Moments blockAt(SampleTime first, HostTime began) noexcept TUTTI_NONBLOCKING
  {
    const auto handedOut = clock_.blockAt(first, began);
    return {handedOut - Micros{in_.load(kNow) + inTrim_.load(kNow)},
            handedOut + Micros{out_.load(kNow) + outTrim_.load(kNow)}};
  }

  void setLatencies(Micros in, Micros out) noexcept TUTTI_NONBLOCKING
  {
    in_.store(in.count(), kNow);
    out_.store(out.count(), kNow);
  }
  void setTrims(Micros in, Micros out) noexcept TUTTI_NONBLOCKING
  {
    inTrim_.store(in.count(), kNow);
    outTrim_.store(out.count(), kNow);
  }

  [[nodiscard]] Micros in() const noexcept { return Micros{in_.load(kNow) + inTrim_.load(kNow)}; }
  [[nodiscard]] Micros out() const noexcept { return Micros{out_.load(kNow) + outTrim_.load(kNow)}; }

  /// Forget what was learnt: another rate, or another stream.
  void reset() noexcept TUTTI_NONBLOCKING { clock_.reset(); }

private:
  static constexpr auto kNow = std::memory_order_relaxed;

  time::AudioClock clock_; // audio
  std::atomic<std::int64_t> in_{0};
  std::atomic<std::int64_t> out_{0};
  std::atomic<std::int64_t> inTrim_{0};
  std::atomic<std::int64_t> outTrim_{0};
};

} // namespace tutti::audio
