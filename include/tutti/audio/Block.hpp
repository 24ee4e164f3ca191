#pragma once

#include <cstddef>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// One piece of sound at the moment when it has to be made.
///
/// Never longer than `kLongest` frames: a sound server with longer periods hands out its period in pieces.
struct Block {
  static constexpr std::size_t kLongest = 2048;
  static constexpr std::size_t kMostChannels = 64;

  std::span<const std::span<const float>> inputs;
  /// Silent when handed out. The main pair comes first; a channel that does not exist now is an empty span.
  std::span<const std::span<float>> outputs;
  std::size_t frames = 0;
  SampleRate rate;
  SampleTime first;    ///< Counted by the device; goes on after a loss, never backwards.
  HostTime captured{}; ///< When the first input frame was at the instrument.
  HostTime audible{};  ///< When the first output frame will be heard.
};

/// Who makes sound: the patch, a test, a meter while a device is chosen.
class Processor {
public:
  virtual ~Processor() = default;

  /// Called by the device's thread for each block: *audio*.
  virtual void process(const Block& block) noexcept TUTTI_NONBLOCKING = 0;
};

} // namespace tutti::audio
