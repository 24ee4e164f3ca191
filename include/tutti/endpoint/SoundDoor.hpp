#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/stream/Outlet.hpp>

namespace tutti::endpoint {

/// Where sound of up to eight channels leaves the audio thread.
///
/// Threads: `send` *audio*; `tryTake` one other. Constructed outside.
class SoundDoor {
public:
  /// `wake` is raised for whoever takes.
  SoundDoor(audio::SampleRate rate, std::size_t channels, std::shared_ptr<rt::Signal> wake = {});

  void send(std::span<const std::span<const float>> channels, SampleTime first, HostTime captured) noexcept
    TUTTI_NONBLOCKING;

  /// A piece of it, at most `stream::Chunk::kFrames` long. Valid until the next call.
  struct Piece {
    SampleTime first;
    std::span<const std::span<const float>> channels;
  };
  [[nodiscard]] std::optional<Piece> tryTake();

private:
  bool bringTogether();

  std::size_t channels_;
  std::shared_ptr<rt::Signal> wake_;                        // both
  std::vector<std::unique_ptr<stream::Outlet>> pairs_;      // both
  std::vector<std::optional<stream::Chunk>> taken_;         // the taker: one of each pair
  std::array<std::span<const float>, kMostChannels> views_; // the taker
};

} // namespace tutti::endpoint
