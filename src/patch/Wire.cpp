#include "Wire.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tutti::patch {
namespace {

void mixAt(const Route& route, std::size_t frames, float gain) noexcept TUTTI_NONBLOCKING
{
  const float factor = gain * route.share;
  const float* const from = route.from;
  float* const to = route.to;
  if (route.arrival == Route::Arrival::overwrites) {
    for (std::size_t i = 0; i < frames; ++i) to[i] = factor * from[i];
  } else {
    for (std::size_t i = 0; i < frames; ++i) to[i] += factor * from[i];
  }
}

void mixAlong(const Route& route, std::size_t first, std::span<const float> gains) noexcept TUTTI_NONBLOCKING
{
  const float* const from = route.from + first;
  float* const to = route.to + first;
  if (route.arrival == Route::Arrival::overwrites) {
    for (std::size_t i = 0; i < gains.size(); ++i) to[i] = gains[i] * route.share * from[i];
  } else {
    for (std::size_t i = 0; i < gains.size(); ++i) to[i] += gains[i] * route.share * from[i];
  }
}

/// Four at a time: one alone would wait for the one before.
float peakOf(const float* samples, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  std::array<float, 4> peaks{};
  const auto take = [](float& peak, float sample) {
    const float size = std::abs(sample);
    peak = size > peak ? size : peak; // what is no number is no peak
  };
  std::size_t i = 0;
  for (; i + peaks.size() <= frames; i += peaks.size())
    for (std::size_t lane = 0; lane < peaks.size(); ++lane) take(peaks[lane], samples[i + lane]);
  for (; i < frames; ++i) take(peaks[0], samples[i]);
  return std::max(std::max(peaks[0], peaks[1]), std::max(peaks[2], peaks[3]));
}

} // namespace

/// Asked in between, a peak may be told twice or be a block late; a meter does not mind.
void Wire::note(std::span<const Route> routes, std::size_t frames, float gain) noexcept TUTTI_NONBLOCKING
{
  float peak = peak_.load(std::memory_order_relaxed);
  if (peak == kNobodyAsks) return;
  const float before = peak;
  for (const auto& route : routes) peak = std::max(peak, gain * peakOf(route.from, frames));
  if (peak != before) peak_.store(peak, std::memory_order_relaxed);
}

void Wire::mix(std::span<const Route> routes, std::size_t frames, Purpose purpose, Pace pace) noexcept
  TUTTI_NONBLOCKING
{
  const float target = purpose == Purpose::leaves ? 0.0F : target_.load(std::memory_order_relaxed);
  note(routes, frames, target);
  if (gain_.isAt(target)) {
    for (const auto& route : routes) mixAt(route, frames, target);
    return;
  }
  gain_.along(frames, target, pace, [&](std::size_t first, std::span<const float> gains) {
    for (const auto& route : routes) mixAlong(route, first, gains);
  });
}

} // namespace tutti::patch
