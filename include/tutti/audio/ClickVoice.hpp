#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/audio/Gain.hpp>
#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// How a click of the metronome is told from the others.
enum class Stress : std::uint8_t { silent, soft, normal, strong };

/// One click from its onset to its end, 40 ms later: a short tone that dies away by itself.
///
/// Its first sample is the first that is not zero; its last ones approach zero, so no click ends with a
/// click.
///
/// Threads: one at a time, also *audio*.
class ClickVoice {
public:
  void start(Stress stress, Gain level, SampleRate rate) noexcept TUTTI_NONBLOCKING;

  /// Adds what is to be heard during these frames.
  void addTo(std::span<float> frames) noexcept TUTTI_NONBLOCKING;

  /// Frames until the end; 0 when there is nothing to be heard.
  [[nodiscard]] std::size_t remaining() const noexcept TUTTI_NONBLOCKING { return remaining_; }

private:
  std::size_t remaining_ = 0;
  double perFrame_ = 0; // of the fade, which is linear beside the decay
  double level_ = 0;    // of the next frame
  double decay_ = 0;    // of the level, each frame
  double cosine_ = 1;   // of the tone's angle
  double sine_ = 0;
  double turnCosine_ = 1; // of the angle between two frames
  double turnSine_ = 0;
};

} // namespace tutti::audio
