#include "PhaseSeries.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

#include "Wording.hpp"

namespace tutti::app {

namespace {

bool isSame(const std::vector<link::SyncPoint>& a, const std::vector<link::SyncPoint>& b)
{
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& p, const auto& q) {
    return p.at == q.at && p.phaseError == q.phaseError && p.spread == q.spread;
  });
}

/// How far off a measured peer may be: what was seen, and how uncertain that is.
std::int64_t reachOf(const link::SyncPoint& point)
{
  return std::abs(point.phaseError.count()) + point.spread.count();
}

/// What `share` of the last `count` points stay within.
Micros within(const std::vector<link::SyncPoint>& points, std::size_t count, double share)
{
  if (points.empty()) return Micros{0};
  std::vector<std::int64_t> errors;
  const auto first = points.size() > count ? points.size() - count : 0;
  for (auto i = first; i < points.size(); ++i) errors.push_back(reachOf(points[i]));
  std::sort(errors.begin(), errors.end());
  return Micros{errors[static_cast<std::size_t>(share * static_cast<double>(errors.size() - 1))]};
}

/// The next of 20, 50, 100, 200 µs and so on: the picture must not breathe with each point.
Micros roundScale(Micros wanted)
{
  constexpr std::array<std::int64_t, 3> kSteps{2, 5, 10};
  constexpr std::int64_t kCoarsest = 1'000'000;
  for (std::int64_t decade = 10; decade < kCoarsest; decade *= 10)
    for (const auto step : kSteps)
      if (wanted.count() <= step * decade) return Micros{step * decade};
  return Micros{kCoarsest};
}

} // namespace

bool PhaseSeries::take(const std::vector<link::SyncPoint>& points)
{
  if (isSame(points_, points)) return false;
  points_ = points;
  scale_ = roundScale(within(points_, points_.size(), 0.95));
  return true;
}

Micros PhaseSeries::recentError() const
{
  constexpr std::size_t kRecent = 8;
  return within(points_, kRecent, 0.9);
}

QString PhaseSeries::scaleText() const
{
  return tr("dotted: ± %1").arg(wording::duration(scale_));
}

QString PhaseSeries::spanText() const
{
  if (points_.size() < 2) return {};
  const auto span = points_.back().at - points_.front().at;
  const auto minutes = std::chrono::round<std::chrono::minutes>(span).count();
  if (minutes >= 2) return tr("%1 min").arg(minutes);
  return tr("%1 s").arg(std::chrono::round<std::chrono::seconds>(span).count());
}

} // namespace tutti::app
