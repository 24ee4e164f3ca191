#include <tutti/rt/QuantileMeter.hpp>

#include <algorithm>
#include <cmath>

namespace tutti::rt {
namespace {

constexpr double kLeast = 1.0 / 1024;

} // namespace

void QuantileMeter::record(double number) noexcept TUTTI_NONBLOCKING
{
  const double octaves = std::log2(std::max(number, kLeast) / kLeast);
  const auto step = static_cast<std::size_t>(std::ceil(octaves * kStepsPerOctave));
  counts_[std::min(step, kSteps - 1)].fetch_add(1, std::memory_order_relaxed);
}

double QuantileMeter::quantile(double share) const noexcept
{
  const auto all = count();
  if (all == 0) return 0;
  const double wanted = std::clamp(share, 0.0, 1.0) * static_cast<double>(all);
  std::uint64_t within = 0;
  std::size_t step = 0;
  for (; step < kSteps - 1; ++step) {
    within += counts_[step].load(std::memory_order_relaxed);
    if (within > 0 && static_cast<double>(within) >= wanted) break;
  }
  return kLeast * std::exp2(static_cast<double>(step) / kStepsPerOctave);
}

std::uint64_t QuantileMeter::count() const noexcept
{
  std::uint64_t all = 0;
  for (const auto& step : counts_) all += step.load(std::memory_order_relaxed);
  return all;
}

void QuantileMeter::clear() noexcept
{
  for (auto& step : counts_) step.store(0, std::memory_order_relaxed);
}

} // namespace tutti::rt
