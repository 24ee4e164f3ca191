#include "DelayHistogram.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kHalfMinute = 30s;

} // namespace

void DelayHistogram::add(Micros delay)
{
  const auto whole = std::max<std::int64_t>(delay.count(), 1);
  const auto step = static_cast<std::size_t>(std::log(static_cast<double>(whole)) / std::log(1.1));
  ++counts_[std::min(step, kSteps - 1)];
  ++count_;
  sum_ += Micros{whole};
}

DelayHistogram DelayHistogram::since(const DelayHistogram& earlier) const
{
  auto newer = *this;
  for (std::size_t i = 0; i < kSteps; ++i) newer.counts_[i] -= earlier.counts_[i];
  newer.count_ -= earlier.count_;
  newer.sum_ -= earlier.sum_;
  return newer;
}

std::optional<Micros> DelayHistogram::percentile(double share) const
{
  if (count_ == 0) return std::nullopt;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  std::size_t step = 0;
  while ((seen += counts_[step]) < wanted) ++step;
  return Micros{std::llround(std::pow(1.1, static_cast<double>(step + 1)))};
}

DelayHistogram RecentDelays::look(const DelayHistogram& all, HostTime now)
{
  auto recent = all.since(older_);
  if (now - turnedAt_ < kHalfMinute) return recent;
  turnedAt_ = now;
  older_ = newer_;
  newer_ = all;
  return recent;
}

} // namespace tutti::serve
