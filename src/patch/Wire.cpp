#include "Wire.hpp"

#include <algorithm>

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

} // namespace

void Wire::mix(std::span<const Route> routes, std::size_t frames, Purpose purpose, Pace pace) noexcept
  TUTTI_NONBLOCKING
{
  const float target = purpose == Purpose::leaves ? 0.0F : target_.load(std::memory_order_relaxed);
  if (gain_.isAt(target)) {
    for (const auto& route : routes) mixAt(route, frames, target);
    return;
  }
  gain_.along(frames, target, pace, [&](std::size_t first, std::span<const float> gains) {
    for (const auto& route : routes) mixAlong(route, first, gains);
  });
}

} // namespace tutti::patch
