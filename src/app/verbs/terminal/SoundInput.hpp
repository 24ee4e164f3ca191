#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::app {

/// What others hear of us: the device, or something in its place.
struct SoundInput {
  enum class Kind { device, tone, clicks, file };
  Kind kind = Kind::device;
  double hertz = 440;
  std::string file;

  friend bool operator==(const SoundInput&, const SoundInput&) = default;
};

inline constexpr auto kSoundInputWords = "device|tone:HZ|clicks|FILE.wav";

/// Errors:  `malformed`, with a sentence.
Result<SoundInput> parseSoundInput(std::string_view text);

/// As an instrument for a device at `rate`; nothing: it is the device itself.
/// Errors:  where a file cannot be played, with a sentence.
Result<std::shared_ptr<patch::Module>> instrumentOf(const SoundInput& input, audio::SampleRate rate);

} // namespace tutti::app
