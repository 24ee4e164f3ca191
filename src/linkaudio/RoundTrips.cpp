#include "RoundTrips.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace tutti::linkaudio {

void RoundTrips::add(Micros trip)
{
  trips_.at(next_) = static_cast<double>(trip.count());
  next_ = (next_ + 1) % kMost;
  count_ = std::min(count_ + 1, kMost);
}

double RoundTrips::mean() const
{
  if (count_ == 0) return 0;
  const auto known = std::span{trips_}.first(count_);
  return std::reduce(known.begin(), known.end()) / static_cast<double>(count_);
}

double RoundTrips::variance() const
{
  const auto middle = mean();
  double sum = 0;
  for (const auto trip : std::span{trips_}.first(count_)) sum += (trip - middle) * (trip - middle);
  return sum / static_cast<double>(count_);
}

double RoundTrips::quality() const
{
  const auto middle = mean();
  if (middle == 0) return 0;
  const auto unknown = 1 - static_cast<double>(count_) / static_cast<double>(kMost);
  return 1e6 / middle / (1 + std::sqrt(variance()) + 1e4 * unknown);
}

} // namespace tutti::linkaudio
