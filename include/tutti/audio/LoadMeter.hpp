#pragma once

#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/QuantileMeter.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::audio {

/// How much of its period a callback uses, as a distribution: the rare long one is what is heard.
///
/// Threads: `record` *audio*; everything else *any*.
class LoadMeter {
public:
  void record(Micros spent, Micros period) noexcept TUTTI_NONBLOCKING;

  /// The share of the period that `quantile` (0 to 1) of the callbacks stayed within; 0 before the first one.
  [[nodiscard]] double quantile(double quantile) const noexcept { return shares_.quantile(quantile); }

  [[nodiscard]] std::uint64_t count() const noexcept { return shares_.count(); }

  /// How many took longer than their period: whoever hears a dropout then, it was ours.
  [[nodiscard]] std::uint64_t overruns() const noexcept { return shares_.countAboveOne(); }

  /// From now on only what comes.
  void clear() noexcept { shares_.clear(); }

private:
  rt::QuantileMeter shares_; // both
};

} // namespace tutti::audio
