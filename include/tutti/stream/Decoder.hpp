#pragma once

#include <cstddef>
#include <cstdint>
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
  /// Frames that `skip` makes up at once, each time with the work of the shortest packet.
  static constexpr std::int64_t kSkipStep = 120;

  /// Errors:  `unsupported` where there is no such stream.
  static Result<Decoder> open(Codec codec, audio::SampleRate rate, std::size_t channels);

  /// How many frames `decode` would make of them; they are not decoded.
  ///
  /// Errors:  `malformed`, as `decode`.
  [[nodiscard]] Result<audio::FrameCount> lengthOf(std::span<const std::byte> bytes) const;

  /// Fills the beginning of each of `channels` (room for `kMostFrames` each). Opus needs packets in order.
  ///
  /// Errors:  `malformed`: drop it, count it.
  Result<audio::FrameCount> decode(std::span<const std::byte> bytes,
                                   std::span<const std::span<float>> channels);

  /// Frames that never came lie between the last packet and the next: keeps Opus in step.
  void skip(audio::FrameCount frames);

  /// What comes next has nothing to do with what was before.
  void restart();

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
