#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include <tutti/rt/SpscRing.hpp>

#include "Plan.hpp"

namespace tutti::patch {

/// Hands plans to the audio thread and frees them when they come back.
///
/// Threads: `current` *audio*; everything else one at a time, any but audio. Destroyed when *audio* is over.
class PlanExchange {
public:
  PlanExchange() = default;
  ~PlanExchange();
  PlanExchange(const PlanExchange&) = delete;
  PlanExchange& operator=(const PlanExchange&) = delete;

  static constexpr std::size_t kMostUnderWay = 2;

  /// Only when none is under way, and then at most `kMostUnderWay`.
  void send(std::unique_ptr<Plan> plan);
  [[nodiscard]] bool isUnderWay() const { return adopted_.load(std::memory_order_acquire) != sent_; }

  /// Frees those that have come back.
  void collect();
  [[nodiscard]] bool isCollected() const { return sent_ == collected_ + (sent_ > 0 ? 1 : 0); }

  /// The one to run now; nothing at first. Moves on to the next one when this one has settled.
  Plan* current() noexcept TUTTI_NONBLOCKING;

private:
  rt::SpscRing<Plan*> coming_{kMostUnderWay}; // to audio
  rt::SpscRing<Plan*> going_{kMostUnderWay +
                             1};          // from audio; as many as can be outside the collector's hands
  Plan* current_ = nullptr;               // audio
  std::atomic<std::uint64_t> adopted_{0}; // both: counted by audio
  std::uint64_t sent_ = 0;
  std::uint64_t collected_ = 0;
};

} // namespace tutti::patch
