#pragma once

#include <atomic>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::module {

/// How an outside process keeps up with the music, as the audio thread sees it.
///
/// Threads: written by one, *audio*; read by any.
struct Health {
  std::atomic<std::uint64_t> blocks{0}; ///< That were heard, or should have been.
  std::atomic<std::uint64_t> late{0};   ///< Of them: not there in time.
  std::atomic<std::uint64_t> spoilt{0}; ///< Of them: not-a-number, infinite, or beyond all measure.
};

/// The same at one moment.
struct HealthPicture {
  std::uint64_t blocks = 0;
  std::uint64_t late = 0;
  std::uint64_t spoilt = 0;

  static HealthPicture of(const Health& health)
  {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    return {health.blocks.load(kRelaxed), health.late.load(kRelaxed), health.spoilt.load(kRelaxed)};
  }
  friend HealthPicture operator-(const HealthPicture& a, const HealthPicture& b)
  {
    return {a.blocks - b.blocks, a.late - b.late, a.spoilt - b.spoilt};
  }
  friend bool operator==(const HealthPicture&, const HealthPicture&) = default;
};

} // namespace tutti::module
