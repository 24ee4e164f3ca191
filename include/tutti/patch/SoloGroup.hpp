#pragma once

#include <atomic>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::patch {

/// The strips that listen to each other's solo: as long as one of them is soloed, the others are silent.
///
/// Threads: any, also *audio*.
class SoloGroup {
public:
  [[nodiscard]] bool isActive() const noexcept TUTTI_NONBLOCKING
  {
    return soloed_.load(std::memory_order_relaxed) > 0;
  }

  /// One more strip is soloed, or (-1) one less.
  void count(int change) noexcept { soloed_.fetch_add(change, std::memory_order_relaxed); }

private:
  std::atomic<int> soloed_{0};
};

} // namespace tutti::patch
