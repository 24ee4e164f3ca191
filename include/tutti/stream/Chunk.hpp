#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

inline constexpr std::size_t kMostChannels = 2; ///< of one stream: a musician is mono or stereo

/// A short piece of sound on its way between two threads.
struct Chunk {
  static constexpr std::size_t kFrames = 64;

  SampleTime first;    ///< counted by the sender's device
  HostTime captured{}; ///< when the first frame was at the instrument; on the sender's side only
  std::uint32_t frames = 0;
  std::array<std::array<float, kFrames>, kMostChannels> samples{};
};

static_assert(std::is_trivially_copyable_v<Chunk>);

} // namespace tutti::stream
