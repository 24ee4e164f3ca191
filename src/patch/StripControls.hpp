#pragma once

#include <array>
#include <atomic>
#include <memory>

#include <tutti/patch/MixStrip.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::patch {

/// A strip's settings as single atomics, and its part in the solo of its group.
///
/// Threads: any, also *audio*.
class MixStrip::Controls {
public:
  Controls(std::shared_ptr<SoloGroup> group, const StripSettings& settings) noexcept;
  ~Controls();
  Controls(const Controls&) = delete;
  Controls& operator=(const Controls&) = delete;

  struct ChannelControls {
    std::atomic<audio::Decibels> gain;
    std::atomic<double> pan = 0;
    std::atomic<bool> isMuted = false;
    std::atomic<bool> isSoloed = false;
    std::atomic<bool> isInverted = false;
  };
  static_assert(std::atomic<audio::Decibels>::is_always_lock_free &&
                std::atomic<double>::is_always_lock_free);

  ChannelControls& operator[](Channel channel) noexcept
  {
    return channels_[static_cast<std::size_t>(channel)];
  }
  void setLinked(bool isLinked) noexcept { isLinked_.store(isLinked); }

  /// After a change of solo or link.
  void tellGroup() noexcept;

  [[nodiscard]] StripSettings read() const noexcept TUTTI_NONBLOCKING;

  /// Somebody in the group is soloed: who is not, is silent.
  [[nodiscard]] bool isSoloActive() const noexcept TUTTI_NONBLOCKING { return group_->isActive(); }

private:
  [[nodiscard]] bool isSoloed() const noexcept;

  std::shared_ptr<SoloGroup> group_;
  std::array<ChannelControls, 2> channels_;
  std::atomic<bool> isLinked_{true};
  std::atomic<bool> isCounted_{false}; // by the group, as soloed
};

} // namespace tutti::patch
