#include "Impairment.hpp"

#include <algorithm>
#include <cmath>

namespace wire {
namespace {

constexpr double kParetoShape = 3;      // heavy enough for Wi-Fi's tail, and the mean still exists
constexpr double kParetoLongest = 60.0; // times the mean: a queue that is full

} // namespace

std::vector<Moment> Impairment::pass(Moment now, Cast cast)
{
  ++tally_.offered;
  auto triesLeft = cast == Cast::unicast ? path_.unicastRetries : 0;
  while (isLostOnce()) {
    if (triesLeft-- == 0) {
      ++tally_.lost;
      return {};
    }
    ++tally_.retried;
    now += path_.retryGap;
  }
  std::vector<Moment> arrivals{arrival(now)};
  if (chance(path_.duplicate)) {
    ++tally_.duplicated;
    arrivals.push_back(arrival(now));
  }
  return arrivals;
}

bool Impairment::chance(double probability)
{
  return probability > 0 && std::uniform_real_distribution<>{}(random_) < probability;
}

bool Impairment::isLostOnce()
{
  if (burstLeft_ == 0 && chance(path_.burstStart))
    burstLeft_ = 1 + std::geometric_distribution<std::uint64_t>{1 / path_.burstFrames}(random_);
  if (burstLeft_ > 0) {
    --burstLeft_;
    return true;
  }
  return chance(path_.loss);
}

Nanos Impairment::travel()
{
  if (chance(path_.overtake)) return Nanos{0};
  const auto u = std::uniform_real_distribution<>{}(random_);
  const auto jitter = static_cast<double>(path_.jitter.count());
  if (path_.spread == Path::Spread::uniform)
    return std::max(Nanos{0}, path_.delay + Nanos{std::llround(jitter * (2 * u - 1))});
  const auto timesMean = (kParetoShape - 1) * (std::pow(1 - u, -1 / kParetoShape) - 1);
  return path_.delay + Nanos{std::llround(jitter * std::min(timesMean, kParetoLongest))};
}

Moment Impairment::arrival(Moment sent)
{
  const auto due = sent + travel();
  if (!path_.keepsOrder) return due;
  latest_ = std::max(latest_, due);
  return latest_;
}

} // namespace wire
