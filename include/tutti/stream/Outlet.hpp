#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::stream {

/// Where our own sound leaves the audio thread.
///
/// Threads: `send` *audio*; `tryTake` *media*. Constructed outside.
class Outlet {
public:
  Outlet(audio::SampleRate rate, std::size_t channels);

  /// One device block, one span a channel. `captured` is when its first frame was at the instrument. False if
  /// the media thread is so far behind that some of it had to be dropped.
  bool send(std::span<const std::span<const float>> channels, SampleTime first, HostTime captured) noexcept
    TUTTI_NONBLOCKING;

  [[nodiscard]] std::optional<Chunk> tryTake() { return chunks_.tryPop(); }

private:
  static constexpr std::size_t kChunks = 128; // four of the longest blocks

  audio::SampleRate rate_;
  std::size_t channels_;
  rt::SpscRing<Chunk> chunks_{kChunks}; // audio to media
};

} // namespace tutti::stream
