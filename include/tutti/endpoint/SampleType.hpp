#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tutti::endpoint {

/// How one sample is written down: packed, lowest byte first. The value is what travels.
///
/// Spec: seed-systems 2.2.
enum class SampleType : std::uint8_t { u8, u16, u24, u32, u64, i8, i16, i24, i32, i64, f32, f64 };

inline constexpr std::size_t kSampleTypes = 12;

constexpr std::size_t bytesOf(SampleType type)
{
  constexpr std::size_t kBytes[kSampleTypes]{1, 2, 3, 4, 8, 1, 2, 3, 4, 8, 4, 8};
  return kBytes[static_cast<std::size_t>(type)];
}

constexpr std::optional<SampleType> sampleTypeOf(std::uint8_t code)
{
  if (code >= kSampleTypes) return std::nullopt;
  return static_cast<SampleType>(code);
}

/// "i24", as people and programs write it.
std::string_view nameOf(SampleType type);
std::optional<SampleType> sampleTypeNamed(std::string_view name);

/// Channels side by side become frames one after the other. Whole frames are written, as many as the first
/// channel has and there is room for.
///
/// Linear: 0 is 0 (of unsigned types the middle), ±1 is plus or minus the largest positive integer. What was
/// decoded comes back as the same number, as far as a float holds it: 24 bits. What is beyond the type is at
/// its end, what is no number is 0.
///
/// Threads: any.
void encodeFrames(std::span<const std::span<const float>> channels, std::span<std::byte> frames,
                  SampleType type);

/// The inverse. Whole frames are read, as many as there are and the first channel has room for. Floats stay
/// within `audio::kLargestSample`.
void decodeFrames(std::span<const std::byte> frames, std::span<const std::span<float>> channels,
                  SampleType type);

static_assert(bytesOf(SampleType::i24) == 3 && bytesOf(SampleType::f64) == 8);

} // namespace tutti::endpoint
