#pragma once

#include <cstddef>
#include <cstdint>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/endpoint/SampleType.hpp>

namespace tutti::endpoint {

inline constexpr std::size_t kMostChannels = 8; ///< of one stream, as of one port in the patch

/// What the bytes of a stream mean, fixed for the life of a connection.
///
/// Spec: seed-systems 2.2.
struct AudioFormat {
  double rate = 48'000; ///< frames a second; needs not be whole
  std::size_t channels = 2;
  std::uint32_t buffer = 32; ///< a hint, in frames: how many the device handles at once; 0 says nothing
  SampleType type = SampleType::f32;

  [[nodiscard]] constexpr std::size_t frameBytes() const { return channels * bytesOf(type); }
  /// The nearest whole one. The rest, some ppm, is followed like any clock that is not exact.
  [[nodiscard]] audio::SampleRate nominalRate() const;

  friend bool operator==(const AudioFormat&, const AudioFormat&) = default;
};

/// Whether this can be a stream at all: 8 to 192 kHz, 1 to 8 channels, a buffer of at most a second.
///
/// Errors:  `unsupported`, with a sentence.
Result<void> check(const AudioFormat& format);

/// Whether a device at `device` can play what comes at `rate`, or send so that the other can.
///
/// Errors:  `unsupported`, with a sentence for the musician.
Result<void> checkRates(double rate, audio::SampleRate device);

} // namespace tutti::endpoint
