#include "Estimator.hpp"

#include <algorithm>

#include <tutti/time/Rounding.hpp>

namespace tutti::link {
namespace {

/// Two clocks drift apart a little while they are compared; more than this is a clock that was set.
constexpr std::int64_t kToleratedContradiction = 200; // µs: 50 ppm over 4 s

} // namespace

void Estimator::Smallest::add(std::int64_t value)
{
  if (count_ < values_.size())
    ++count_;
  else if (value >= values_[count_ - 1])
    return;
  values_[count_ - 1] = value;
  for (auto i = count_ - 1; i > 0 && values_[i] < values_[i - 1]; --i) std::swap(values_[i], values_[i - 1]);
}

std::int64_t Estimator::Smallest::typicalGap() const
{
  return count_ < 2 ? 0 : (values_[count_ - 1] - values_[0]) / static_cast<std::int64_t>(count_ - 1);
}

void Estimator::add(HostTime pingSentAt, SessionTime answeredAt, HostTime pongCameAt)
{
  const auto upper = microsOf(answeredAt) - microsOf(pingSentAt);
  const auto lower = microsOf(answeredAt) - microsOf(pongCameAt);
  if (contradicts(upper, lower)) *this = Estimator{}; // the peer's clock was moved: what was before misleads
  upperBounds_.add(upper);
  lowerBounds_.add(-lower);
  roundTripTimes_.add(upper - lower);
  ++roundTrips_;
}

bool Estimator::contradicts(std::int64_t upper, std::int64_t lower) const
{
  if (roundTrips_ == 0) return false;
  return upper < -lowerBounds_.first() - kToleratedContradiction ||
         lower > upperBounds_.first() + kToleratedContradiction;
}

std::optional<Estimate> Estimator::estimate() const
{
  if (roundTrips_ == 0) return std::nullopt;
  const auto sum = static_cast<double>(upperBounds_.first()) - static_cast<double>(lowerBounds_.first());
  return Estimate{Micros{time::rounded(sum / 2)},
                  Micros{(upperBounds_.typicalGap() + lowerBounds_.typicalGap() + 1) / 2},
                  Micros{roundTripTimes_.first()}, roundTrips_};
}

} // namespace tutti::link
