#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutti/audio/Gain.hpp>

#include "DelayLine.hpp"
#include "Glide.hpp"

namespace tutti::patch {

/// From one channel to another. The first one that arrives at a channel overwrites what was in it.
struct Route {
  enum class Arrival : std::uint8_t { overwrites, adds };

  const float* from = nullptr;
  float* to = nullptr;
  float share = 1; ///< Several channels that become one share its place.
  Arrival arrival = Arrival::overwrites;
};

/// What of a connection lasts from plan to plan: the gain it has just now, and what is on its way in it.
///
/// Threads: `setGain` *any*; construction outside; everything else *audio*.
class Wire {
public:
  enum class Timing : std::uint8_t { direct, delayed };
  enum class Purpose : std::uint8_t { stays, leaves };

  Wire(Timing timing, std::size_t channels, audio::Gain start = audio::Gain::silence())
    : target_{start.factor()}
    , gain_{start.factor()}
    , delays_(timing == Timing::delayed ? channels : 0)
  {}

  void setGain(audio::Gain gain) noexcept { target_.store(gain.factor(), std::memory_order_relaxed); }

  void mix(std::span<const Route> routes, std::size_t frames, Purpose purpose, Pace pace) noexcept
    TUTTI_NONBLOCKING;

  /// The highest sample that has gone through since somebody asked last. One thread asks; *any*. Nothing is
  /// measured until somebody asks.
  [[nodiscard]] float takePeak() noexcept
  {
    const float peak = peak_.exchange(0, std::memory_order_relaxed);
    return peak == kNobodyAsks ? 0.0F : peak;
  }

  [[nodiscard]] bool isSilent() const noexcept TUTTI_NONBLOCKING { return gain_.isAt(0); }

  /// Of a delayed one: for each of its channels.
  [[nodiscard]] std::span<DelayLine> delays() noexcept TUTTI_NONBLOCKING
  {
    return {delays_.data(), delays_.size()};
  }

private:
  void note(std::span<const Route> routes, std::size_t frames, float gain) noexcept TUTTI_NONBLOCKING;

  static constexpr float kNobodyAsks = -1;

  std::atomic<float> target_;            // both
  std::atomic<float> peak_{kNobodyAsks}; // both
  Glide gain_;                           // audio
  std::vector<DelayLine> delays_;
};

} // namespace tutti::patch
