#pragma once

#include <cstdint>

#include <tutti/stream/StreamFormat.hpp>
#include <tutti/time/Rounding.hpp>

/// Samples of sixteen bits as codecs want them, so that they cross the room to the bit. In as many bits the
/// largest is one, and the lowest a hair beyond minus one; with 24 bits there is room for it.
namespace tutti::linkaudio {

constexpr double stepsOf(stream::Codec codec)
{
  return codec == stream::Codec::pcm16 ? 32767.0 : 32768.0;
}

constexpr float toCarried(std::int16_t sample, double steps)
{
  return static_cast<float>(sample / steps);
}

constexpr std::int16_t fromCarried(float sample, double steps)
{
  const auto rounded = time::rounded(steps * static_cast<double>(sample));
  return static_cast<std::int16_t>(rounded > 32767 ? 32767 : rounded < -32768 ? -32768 : rounded);
}

} // namespace tutti::linkaudio
