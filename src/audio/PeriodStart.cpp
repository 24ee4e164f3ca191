#include "PeriodStart.hpp"

#include <algorithm>
#include <cmath>

#include <tutti/time/Rounding.hpp>

namespace tutti::audio {
namespace {

constexpr int kWindow = 32;    // periods, of which the soonest call counts
constexpr double kFar = 300;   // µs; other programs in the server's graph change so much
constexpr double kMemory = 10; // s, of what is usual: a filter that is wrong is so for one or two

} // namespace

HostTime PeriodStart::judge(HostTime smoothed, HostTime entered, Micros length) noexcept TUTTI_NONBLOCKING
{
  const auto late = static_cast<double>((entered - smoothed).count());
  soonest_ = std::min(soonest_, late);
  const double soonest = std::min(soonest_, soonestBefore_);
  const double off = soonest - usual_;
  const bool isWrong = windows_ > 0 && (soonest < 0 || std::abs(off) > kFar);
  if (++periods_ == kWindow) learn(soonest, static_cast<double>(length.count()) * 1e-6);
  return isWrong ? smoothed + Micros{time::rounded(off)} : smoothed;
}

void PeriodStart::learn(double soonest, double length) noexcept TUTTI_NONBLOCKING
{
  ++windows_;
  const double share = std::max(1.0 / windows_, std::min(1.0, kWindow * length / kMemory));
  usual_ += share * (std::max(soonest, 0.0) - usual_);
  soonestBefore_ = soonest_;
  soonest_ = kNone;
  periods_ = 0;
}

} // namespace tutti::audio
