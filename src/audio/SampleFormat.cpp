#include <tutti/audio/SampleFormat.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace tutti::audio {
namespace {

template <std::size_t Bytes>
void writeBytes(std::uint32_t value, std::byte* to, ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  for (std::size_t i = 0; i < Bytes; ++i) {
    const auto place = order == ByteOrder::little ? i : Bytes - 1 - i;
    to[place] = static_cast<std::byte>(value >> (8 * i));
  }
}

/// The bytes end at the top of the word, so that the sign is where a 32-bit integer has it.
template <std::size_t Bytes>
std::uint32_t readBytes(const std::byte* from, ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < Bytes; ++i) {
    const auto place = order == ByteOrder::little ? i : Bytes - 1 - i;
    value |= std::to_integer<std::uint32_t>(from[place]) << (8 * (i + 4 - Bytes));
  }
  return value;
}

template <std::size_t Bytes> struct Integer {
  static constexpr std::size_t kBytes = Bytes;
  static constexpr double kScale = static_cast<double>((std::int64_t{1} << (8 * Bytes - 1)) - 1);

  static void write(float sample, std::byte* to, ByteOrder order, ConversionLoss& loss) noexcept
    TUTTI_NONBLOCKING
  {
    double scaled = static_cast<double>(sample) * kScale;
    if (!(scaled == scaled)) {
      ++loss.notNumbers;
      scaled = 0;
    }
    if (scaled >= kScale + 0.5 || scaled <= -(kScale + 1.5)) ++loss.clipped;
    scaled = std::clamp(scaled, -(kScale + 1), kScale);
    const auto whole = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    writeBytes<Bytes>(static_cast<std::uint32_t>(whole), to, order);
  }

  static float read(const std::byte* from, ByteOrder order, ConversionLoss&) noexcept TUTTI_NONBLOCKING
  {
    const auto whole = static_cast<std::int32_t>(readBytes<Bytes>(from, order)) >> (8 * (4 - Bytes));
    return static_cast<float>(whole / kScale);
  }
};

float made(float sample, ConversionLoss& loss) noexcept TUTTI_NONBLOCKING
{
  if (!(sample == sample)) {
    ++loss.notNumbers;
    return 0;
  }
  if (sample > kLargestSample || sample < -kLargestSample) ++loss.clipped;
  return std::clamp(sample, -kLargestSample, kLargestSample);
}

struct Float {
  static constexpr std::size_t kBytes = 4;

  static void write(float sample, std::byte* to, ByteOrder order, ConversionLoss& loss) noexcept
    TUTTI_NONBLOCKING
  {
    writeBytes<4>(std::bit_cast<std::uint32_t>(made(sample, loss)), to, order);
  }
  static float read(const std::byte* from, ByteOrder order, ConversionLoss& loss) noexcept TUTTI_NONBLOCKING
  {
    return made(std::bit_cast<float>(readBytes<4>(from, order)), loss);
  }
};

template <class Format>
ConversionLoss encodeAs(std::span<const std::span<const float>> channels, std::span<std::byte> frames,
                        ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  ConversionLoss loss;
  const auto stride = channels.size() * Format::kBytes;
  const auto count = std::min(frames.size() / stride, channels.front().size());
  for (std::size_t channel = 0; channel < channels.size(); ++channel) {
    std::byte* to = frames.data() + channel * Format::kBytes;
    for (const float sample : channels[channel].first(count)) {
      Format::write(sample, to, order, loss);
      to += stride;
    }
  }
  return loss;
}

template <class Format>
ConversionLoss decodeAs(std::span<const std::byte> frames, std::span<const std::span<float>> channels,
                        ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  ConversionLoss loss;
  const auto stride = channels.size() * Format::kBytes;
  const auto count = std::min(frames.size() / stride, channels.front().size());
  for (std::size_t channel = 0; channel < channels.size(); ++channel) {
    const std::byte* from = frames.data() + channel * Format::kBytes;
    for (float& sample : channels[channel].first(count)) {
      sample = Format::read(from, order, loss);
      from += stride;
    }
  }
  return loss;
}

} // namespace

ConversionLoss encode(std::span<const std::span<const float>> channels, std::span<std::byte> frames,
                      SampleFormat format, ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  if (channels.empty()) return {};
  switch (format) {
  case SampleFormat::int16:
    return encodeAs<Integer<2>>(channels, frames, order);
  case SampleFormat::int24:
    return encodeAs<Integer<3>>(channels, frames, order);
  case SampleFormat::int32:
    return encodeAs<Integer<4>>(channels, frames, order);
  case SampleFormat::float32:
    break;
  }
  return encodeAs<Float>(channels, frames, order);
}

ConversionLoss decode(std::span<const std::byte> frames, std::span<const std::span<float>> channels,
                      SampleFormat format, ByteOrder order) noexcept TUTTI_NONBLOCKING
{
  if (channels.empty()) return {};
  switch (format) {
  case SampleFormat::int16:
    return decodeAs<Integer<2>>(frames, channels, order);
  case SampleFormat::int24:
    return decodeAs<Integer<3>>(frames, channels, order);
  case SampleFormat::int32:
    return decodeAs<Integer<4>>(frames, channels, order);
  case SampleFormat::float32:
    break;
  }
  return decodeAs<Float>(frames, channels, order);
}

} // namespace tutti::audio
