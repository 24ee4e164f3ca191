#pragma once

#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::linkaudio {

/// A sample as Link Audio writes it: 32768 steps to each side, rounded half away from zero. What is louder is
/// at the limit, and what is no number is silent.
///
/// Spec: link-audio 9.3.
constexpr std::int16_t toPcm(float sample) noexcept TUTTI_NONBLOCKING
{
  const double steps = 32768.0 * static_cast<double>(sample);
  if (steps >= 32767.0) return 32767;
  if (steps <= -32768.0) return -32768;
  if (steps != steps) return 0;
  return static_cast<std::int16_t>(steps < 0 ? steps - 0.5 : steps + 0.5);
}

constexpr float fromPcm(std::int16_t sample) noexcept TUTTI_NONBLOCKING
{
  return static_cast<float>(sample) / 32768.0F;
}

static_assert(toPcm(0.5F) == 16384 && toPcm(-0.5F) == -16384);
static_assert(toPcm(1.0F) == 32767 && toPcm(2.0F) == 32767);
static_assert(toPcm(-1.0F) == -32768 && toPcm(-2.0F) == -32768);
static_assert(toPcm(0.5F / 32768) == 1 && toPcm(-0.5F / 32768) == -1);
static_assert(toPcm(1.5F / 32768) == 2);

} // namespace tutti::linkaudio
