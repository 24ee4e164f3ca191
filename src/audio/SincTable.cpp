#include "SincTable.hpp"

#include <cmath>
#include <map>
#include <mutex>
#include <numbers>
#include <utility>

#include <tutti/core/Assert.hpp>

namespace tutti::audio {
namespace {

constexpr double kKaiserBeta = 10.0; // side lobes at -100 dB

/// The modified Bessel function of order zero (libstdc++ has it, not every standard library does).
double besselI0(double x)
{
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; term > 1e-18 * sum; ++k) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

double kaiser(double place) // -1 to 1
{
  const double inside = 1.0 - place * place;
  return inside <= 0.0 ? 0.0 : besselI0(kKaiserBeta * std::sqrt(inside)) / besselI0(kKaiserBeta);
}

double sinc(double x)
{
  if (x == std::round(x)) return x == 0.0 ? 1.0 : 0.0; // exact, so that offset 0 is a pure delay
  return std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

} // namespace

SincTable::SincTable(std::size_t halfLength, double cutoff)
  : taps_{2 * halfLength}
  , coefficients_((kRows + 1) * taps_)
{
  TUTTI_ASSERT(halfLength > 0 && halfLength % 2 == 0);
  TUTTI_ASSERT(cutoff > 0.0 && cutoff <= 1.0);
  for (std::size_t row = 0; row <= kRows; ++row) fill(row, cutoff);
}

std::shared_ptr<const SincTable> SincTable::shared(std::size_t halfLength, double cutoff)
{
  static std::mutex mutex;
  static std::map<std::pair<std::size_t, double>, std::weak_ptr<const SincTable>> inUse;
  const std::lock_guard lock{mutex};
  auto& slot = inUse[{halfLength, cutoff}];
  auto table = slot.lock();
  if (!table) slot = table = std::make_shared<const SincTable>(halfLength, cutoff);
  return table;
}

void SincTable::fill(std::size_t row, double cutoff)
{
  const auto half = static_cast<double>(taps_) / 2.0;
  const auto offset = static_cast<double>(row) / static_cast<double>(kRows);
  std::vector<double> exact(taps_);
  double sum = 0.0;
  for (std::size_t tap = 0; tap < taps_; ++tap) {
    const double distance = static_cast<double>(tap) - (half - 1.0) - offset;
    exact[tap] = sinc(cutoff * distance) * kaiser(distance / half);
    sum += exact[tap];
  }
  float* const to = coefficients_.data() + row * taps_;
  for (std::size_t tap = 0; tap < taps_; ++tap) to[tap] = static_cast<float>(exact[tap] / sum);
}

} // namespace tutti::audio
