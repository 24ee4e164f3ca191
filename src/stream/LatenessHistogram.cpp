#include "LatenessHistogram.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::stream {
namespace {

constexpr auto kBins = static_cast<std::size_t>((LatenessHistogram::kLatest - LatenessHistogram::kEarliest) /
                                                LatenessHistogram::kBin);
constexpr double kLongAgo = 20; // times the memory; then nothing is left of it
constexpr double kHeaviest = 1e12;
constexpr double kShownBin = 250;   // µs
constexpr double kShownFrom = -2e3; // µs

std::size_t binOf(double lateness, double from, double width, std::size_t count)
{
  const double place = (lateness - from) / width;
  if (!(place > 0)) return 0;
  return std::min(static_cast<std::size_t>(std::min(place, 1e6)), count - 1);
}

} // namespace

LatenessHistogram::LatenessHistogram()
  : bins_(kBins)
{}

void LatenessHistogram::add(double lateness, double now, double memory)
{
  age(now, memory);
  const auto bin = binOf(lateness, kEarliest, kBin, kBins);
  bins_[bin] += weight_;
  end_ = std::max(end_, bin + 1);
  total_ += weight_;
}

void LatenessHistogram::age(double now, double memory)
{
  const double passed = std::clamp(now - last_, 0.0, kLongAgo * memory);
  last_ = now;
  weight_ *= std::exp(passed / memory);
  if (weight_ < kHeaviest) return;
  for (auto& bin : bins_) bin /= weight_;
  total_ /= weight_;
  weight_ = 1;
}

double LatenessHistogram::exceededBy(double share) const
{
  if (total_ <= 0) return 0;
  const double few = std::max(share * total_, weight_); // one alone says nothing of a share
  double above = 0;
  for (auto bin = end_; bin-- > 0;) {
    above += bins_[bin];
    if (above > few) return kEarliest + kBin * static_cast<double>(bin + 1);
  }
  return 0;
}

std::array<float, LatenessHistogram::kShown> LatenessHistogram::shown() const
{
  std::array<float, kShown> shares{};
  if (total_ <= 0) return shares;
  for (std::size_t bin = 0; bin < end_; ++bin) {
    const double middle = kEarliest + kBin * (static_cast<double>(bin) + 0.5);
    shares[binOf(middle, kShownFrom, kShownBin, kShown)] += static_cast<float>(bins_[bin] / total_);
  }
  return shares;
}

void LatenessHistogram::reset()
{
  std::ranges::fill(bins_, 0.0);
  end_ = 0;
  total_ = 0;
  weight_ = 1;
}

} // namespace tutti::stream
