#pragma once

#include <atomic>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/QuantileMeter.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::audio {

/// How much of its period a callback uses, as a distribution: the rare long one is what is heard. Of those
/// that were too long it knows whether they were so by themselves or because the machine did something else
/// meanwhile.
///
/// Threads: `record` *audio*; everything else *any*.
class LoadMeter {
public:
  /// What one callback took.
  struct Spent {
    Micros passed{0};       ///< By the clock, from when it was entered.
    Micros computed{0};     ///< Of that, by the processor.
    bool hasWaited = false; ///< For a lock, a page, whatever: a callback never should.
  };

  void record(const Spent& spent, Micros period) noexcept TUTTI_NONBLOCKING;

  /// The share of the period that `quantile` (0 to 1) of the callbacks stayed within; 0 before the first one.
  [[nodiscard]] double quantile(double quantile) const noexcept { return shares_.quantile(quantile); }

  [[nodiscard]] std::uint64_t count() const noexcept { return shares_.count(); }

  /// How many took longer than their period by what they did: whoever hears a dropout then, it was ours.
  [[nodiscard]] std::uint64_t overruns() const noexcept { return overruns_.load(std::memory_order_relaxed); }

  /// How many took longer though they computed for less and waited for nothing: something more urgent was in
  /// the way.
  [[nodiscard]] std::uint64_t heldUp() const noexcept { return heldUp_.load(std::memory_order_relaxed); }

  /// From now on only what comes.
  void clear() noexcept;

private:
  rt::QuantileMeter shares_; // both
  std::atomic<std::uint64_t> overruns_{0};
  std::atomic<std::uint64_t> heldUp_{0};
};

} // namespace tutti::audio
