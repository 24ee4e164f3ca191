#include <tutti/endpoint/SampleType.hpp>

#include <algorithm>
#include <array>
#include <bit>

#include <tutti/audio/SampleFormat.hpp>

namespace tutti::endpoint {
namespace {

constexpr std::array<std::string_view, kSampleTypes> kNames{"u8",  "u16", "u24", "u32", "u64", "i8",
                                                            "i16", "i24", "i32", "i64", "f32", "f64"};

void writeBytes(std::uint64_t value, std::span<std::byte> to)
{
  for (auto& byte : to) {
    byte = static_cast<std::byte>(value & 0xffU);
    value >>= 8U;
  }
}

std::uint64_t readBytes(std::span<const std::byte> from)
{
  std::uint64_t value = 0;
  for (auto byte = from.rbegin(); byte != from.rend(); ++byte)
    value = value << 8U | std::to_integer<std::uint64_t>(*byte);
  return value;
}

constexpr std::uint64_t signBit(std::size_t bytes)
{
  return std::uint64_t{1} << (8 * bytes - 1);
}

constexpr double largest(std::size_t bytes)
{
  return static_cast<double>(signBit(bytes) - 1);
}

/// As a two's complement of so many bytes.
std::uint64_t wholeOf(double sample, std::size_t bytes)
{
  const double scaled = sample * largest(bytes);
  if (!(scaled == scaled)) return 0;
  if (scaled >= largest(bytes)) return signBit(bytes) - 1;
  if (scaled <= -largest(bytes) - 1) return signBit(bytes);
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5)));
}

double sampleOf(std::uint64_t whole, std::size_t bytes)
{
  const auto unused = 64 - 8 * bytes;
  return static_cast<double>(static_cast<std::int64_t>(whole << unused) >> unused) / largest(bytes);
}

float bounded(double sample)
{
  if (!(sample == sample)) return 0;
  constexpr auto kMost = static_cast<double>(audio::kLargestSample);
  return static_cast<float>(std::clamp(sample, -kMost, kMost));
}

bool isUnsigned(SampleType type)
{
  return type <= SampleType::u64;
}

void write(float sample, std::span<std::byte> to, SampleType type)
{
  if (type == SampleType::f32)
    return writeBytes(std::bit_cast<std::uint32_t>(bounded(static_cast<double>(sample))), to);
  if (type == SampleType::f64)
    return writeBytes(std::bit_cast<std::uint64_t>(static_cast<double>(bounded(static_cast<double>(sample)))),
                      to);
  const auto whole = wholeOf(static_cast<double>(sample), to.size());
  writeBytes(isUnsigned(type) ? whole ^ signBit(to.size()) : whole, to);
}

float read(std::span<const std::byte> from, SampleType type)
{
  const auto value = readBytes(from);
  if (type == SampleType::f32)
    return bounded(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(value))));
  if (type == SampleType::f64) return bounded(std::bit_cast<double>(value));
  return static_cast<float>(sampleOf(isUnsigned(type) ? value ^ signBit(from.size()) : value, from.size()));
}

/// Each sample with its place among the frames, in either direction.
template <class Sample, class Byte, class Visit>
void walk(std::span<const std::span<Sample>> channels, std::span<Byte> frames, SampleType type, Visit visit)
{
  if (channels.empty()) return;
  const auto size = bytesOf(type);
  const auto stride = size * channels.size();
  const auto count = std::min(frames.size() / stride, channels.front().size());
  for (std::size_t channel = 0; channel < channels.size(); ++channel)
    for (std::size_t frame = 0; frame < count; ++frame)
      visit(channels[channel][frame], frames.subspan(frame * stride + channel * size, size));
}

} // namespace

std::string_view nameOf(SampleType type)
{
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<SampleType> sampleTypeNamed(std::string_view name)
{
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<SampleType>(found - kNames.begin());
}

void encodeFrames(std::span<const std::span<const float>> channels, std::span<std::byte> frames,
                  SampleType type)
{
  walk(channels, frames, type,
       [type](float sample, std::span<std::byte> place) { write(sample, place, type); });
}

void decodeFrames(std::span<const std::byte> frames, std::span<const std::span<float>> channels,
                  SampleType type)
{
  walk(channels, frames, type,
       [type](float& sample, std::span<const std::byte> place) { sample = read(place, type); });
}

} // namespace tutti::endpoint
