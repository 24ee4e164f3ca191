#include "TapTempo.hpp"

#include <chrono>

namespace tutti::app {

using namespace std::chrono_literals;

namespace {

constexpr Micros kPause = 3s;        // 20 bpm, the slowest tempo there is
constexpr Micros kBounce = 50ms;     // 999 bpm is 60 ms: faster than that nobody taps
constexpr std::size_t kMostTaps = 9; // eight intervals: two bars settle the figure, and it still follows

} // namespace

std::optional<time::Tempo> TapTempo::tap(HostTime at)
{
  if (!taps_.empty()) {
    const auto interval = at - taps_.back();
    if (interval < kBounce) return std::nullopt;
    if (!belongs(interval)) taps_.clear();
  }
  taps_.push_back(at);
  if (taps_.size() > kMostTaps) taps_.erase(taps_.begin());
  if (taps_.size() < 2) return std::nullopt;
  return time::Tempo::fromMicrosPerBeat(average().count()).clamped();
}

bool TapTempo::belongs(Micros interval) const
{
  if (interval > kPause) return false;
  if (taps_.size() < 2) return true;
  return interval * 2 > average() && interval < average() * 2; // a missed tap, or a new idea
}

Micros TapTempo::average() const
{
  return (taps_.back() - taps_.front()) / static_cast<std::int64_t>(taps_.size() - 1);
}

} // namespace tutti::app
