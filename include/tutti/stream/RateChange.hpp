#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <tutti/audio/Resampler.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::stream {

/// Sound that was counted at one rate as sound of another: for a codec that knows only its own.
///
/// Push a chunk, then take chunks until there are none. Where the device lost frames it begins anew after
/// the hole. The capture times it tells include what the conversion takes.
///
/// Threads: one at a time.
class RateChange {
public:
  /// Errors:  `unsupported`, with a sentence, for rates too far apart.
  static Result<RateChange> between(audio::SampleRate from, audio::SampleRate to, std::size_t channels);

  void push(const Chunk& chunk);
  std::optional<Chunk> next();

private:
  RateChange(audio::SampleRate from, audio::SampleRate to, std::size_t channels);
  void beginAt(SampleTime first);

  static constexpr std::size_t kMost = Chunk::kFrames * 6; // of output for one chunk

  audio::SampleRate from_;
  std::size_t channels_;
  double ratio_;
  audio::Resampler resampler_;
  std::array<std::array<float, kMost>, kMostChannels> ready_{};
  std::size_t readyCount_ = 0;
  std::size_t given_ = 0;
  std::optional<SampleTime> expected_; // the input's next frame
  SampleTime begin_;                   // of the output's first frame
  std::int64_t in_ = 0;                // frames since it began
  std::int64_t out_ = 0;
  HostTime captured_{}; // of the last input chunk
};

} // namespace tutti::stream
