#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include <tutti/core/Result.hpp>
#include <tutti/stream/StreamFormat.hpp>

struct OpusDecoder; // libopus' own name

namespace tutti::stream {

/// Reads the frames of one packet, whatever bytes a stranger put into it.
///
/// Threads: one at a time; not *audio*.
class Decoder {
public:
  /// More frames than any packet that can be sent.
  static constexpr std::size_t kMostFrames = 1024;

  /// Errors:  `unsupported` where there is no such stream.
  static Result<Decoder> open(Codec codec, audio::SampleRate rate, std::size_t channels);

  /// Fills the beginning of each of `channels` (room for `kMostFrames` each). Opus needs packets in order.
  ///
  /// Errors:  `malformed`: drop it, count it.
  Result<audio::FrameCount> decode(std::span<const std::byte> bytes,
                                   std::span<const std::span<float>> channels);

  /// Frames that never came lie between the last packet and the next: keeps Opus in step.
  void skip(audio::FrameCount frames);

  /// Whether a packet means something only after the one before it.
  [[nodiscard]] bool needsOrder() const { return opus_ != nullptr; }
  [[nodiscard]] Codec codec() const { return codec_; }

private:
  struct Free {
    void operator()(OpusDecoder* decoder) const;
  };

  Decoder(Codec codec, std::size_t channels)
    : codec_{codec}
    , channels_{channels}
  {}

  Codec codec_;
  std::size_t channels_;
  std::unique_ptr<OpusDecoder, Free> opus_;
};

} // namespace tutti::stream
