#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include <tutti/core/Result.hpp>
#include <tutti/stream/StreamFormat.hpp>

struct OpusEncoder; // libopus' own name

namespace tutti::stream {

/// Writes the frames of one packet as bytes.
///
/// Threads: one at a time; not *audio* (Opus takes its time).
class Encoder {
public:
  /// Errors:  as `check(format)`.
  static Result<Encoder> open(const StreamFormat& format);

  /// One packet's frames, side by side. The bytes are valid until the next call.
  std::span<const std::byte> encode(std::span<const std::span<const float>> channels);

  [[nodiscard]] const StreamFormat& format() const { return format_; }

  /// How much later than its frames the coded sound is heard.
  [[nodiscard]] audio::FrameCount delay() const;

private:
  struct Free {
    void operator()(OpusEncoder* encoder) const;
  };

  explicit Encoder(const StreamFormat& format)
    : format_{format}
  {}
  std::span<const std::byte> encodeOpus(std::span<const std::span<const float>> channels);

  StreamFormat format_;
  std::unique_ptr<OpusEncoder, Free> opus_;
  std::array<std::byte, kLargestPayload> bytes_{};
};

} // namespace tutti::stream
