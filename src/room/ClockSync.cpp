#include <tutti/room/ClockSync.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kSettling = 100; // questions: ten seconds of them
constexpr auto kOften = 100ms;
constexpr auto kSeldom = 1s;
constexpr double kWindow = 180e6;         // µs; longer, and the drift itself has changed
constexpr std::size_t kMostSamples = 280; // settling, then three minutes
constexpr double kShort = 15e6;           // µs; over less time jitter looks like drift
constexpr double kFastestDrift = 400e-6;
constexpr double kSlew = 200e-6;        // spec room, Clock sync
constexpr double kTooFar = 5000;        // µs: no refinement but a mistake
constexpr double kTooFarAtFirst = 500;  // µs: of the first trips some went another way than those to come
constexpr double kContradiction = 2000; // µs: a clock that was set

constexpr std::int64_t kFarthest = std::int64_t{1} << 61U; // µs: no clock is there; sums of two fit

bool isPlausible(RemoteTime time)
{
  return -kFarthest < time.micros && time.micros < kFarthest;
}

double microsBetween(HostTime from, HostTime to)
{
  return static_cast<double>((to - from).count());
}

} // namespace

double ClockSync::sinceOrigin(HostTime at) const
{
  return microsBetween(origin_, at);
}

void ClockSync::add(const Trip& trip)
{
  if (trip.cameAt < trip.askedAt || trip.answeredAt < trip.heardAt) return;
  if (!isPlausible(trip.heardAt) || !isPlausible(trip.answeredAt)) return;
  if (samples_.empty()) origin_ = trip.askedAt;
  const Sample sample{
    sinceOrigin(trip.askedAt), static_cast<double>(trip.heardAt.micros - microsOf(trip.askedAt)),
    sinceOrigin(trip.cameAt), static_cast<double>(trip.answeredAt.micros - microsOf(trip.cameAt))};
  if (sample.upper < sample.lower) return; // their answer came before our question: no clock does that
  if (contradicts(sample)) samples_.clear();
  samples_.push_back(sample);
  ++trips_;
  while (samples_.size() > kMostSamples || sample.at - samples_.front().at > kWindow) samples_.pop_front();
  line_ = widestStrip();
  spread_ = spreadAround(line_);
  glide(trip.cameAt);
  const auto offset = shownAt(trip.cameAt);
  there_ = Micros{std::llround(std::max(0.0, sample.upper - offset))};
  back_ = Micros{std::llround(std::max(0.0, offset - sample.lower))};
}

bool ClockSync::contradicts(const Sample& sample) const
{
  if (samples_.empty()) return false;
  const auto at = [this](double time) { return line_.offset + line_.slope * time; };
  const auto half = line_.width / 2;
  return sample.upper < at(sample.at) - half - kContradiction ||
         sample.lower > at(sample.backAt) + half + kContradiction;
}

/// Between the lowest upper and the highest lower bound, under a line of this slope.
ClockSync::Line ClockSync::strip(double slope) const
{
  double upper = std::numeric_limits<double>::infinity();
  double lower = -upper;
  for (const auto& sample : samples_) {
    upper = std::min(upper, sample.upper - slope * sample.at);
    lower = std::max(lower, sample.lower - slope * sample.backAt);
  }
  return {(upper + lower) / 2, slope, upper - lower};
}

/// The width is a concave function of the slope, so that thirds lead to its top.
ClockSync::Line ClockSync::widestStrip() const
{
  const auto length = samples_.back().at - samples_.front().at;
  if (length < kShort) return strip(line_.slope);
  double low = -kFastestDrift;
  double high = kFastestDrift;
  for (int i = 0; i < 40; ++i) {
    const auto third = (high - low) / 3;
    if (strip(low + third).width < strip(high - third).width)
      low += third;
    else
      high -= third;
  }
  return strip((low + high) / 2);
}

/// How far apart the few fastest trips of each direction are: so far the fastest may be from the truth.
double ClockSync::spreadAround(const Line& line) const
{
  std::array<double, 5> up{};
  std::array<double, 5> down{};
  up.fill(std::numeric_limits<double>::infinity());
  down.fill(std::numeric_limits<double>::infinity());
  const auto keep = [](std::array<double, 5>& least, double value) {
    if (value >= least.back()) return;
    least.back() = value;
    std::ranges::sort(least);
  };
  for (const auto& sample : samples_) {
    keep(up, sample.upper - line.slope * sample.at);
    keep(down, line.slope * sample.backAt - sample.lower);
  }
  const auto count = std::min(samples_.size(), up.size());
  if (count < 2) return line.width / 2;
  return (up[count - 1] - up[0] + down[count - 1] - down[0]) / 2 / static_cast<double>(count - 1);
}

double ClockSync::shownAt(HostTime at) const
{
  return shown_ + line_.slope * microsBetween(shownSince_, at);
}

void ClockSync::glide(HostTime now)
{
  const auto target = line_.offset + line_.slope * sinceOrigin(now);
  const auto here = shownAt(now);
  const auto reach = kSlew * std::max(0.0, microsBetween(shownSince_, now));
  const auto tooFar = trips_ <= kSettling ? kTooFarAtFirst : kTooFar;
  const bool isJump = samples_.size() == 1 || std::abs(target - here) > tooFar || trips_ <= 10;
  shown_ = isJump ? target : here + std::clamp(target - here, -reach, reach);
  shownSince_ = now;
}

std::optional<ClockSync::Relation> ClockSync::relation(HostTime now) const
{
  if (samples_.empty()) return std::nullopt;
  return Relation{shownAt(now),
                  line_.slope * 1e6,
                  Micros{std::llround(spread_)},
                  Micros{std::llround(std::max(0.0, line_.width) / 2)},
                  there_,
                  back_,
                  trips_};
}

std::optional<RemoteTime> ClockSync::toRemote(HostTime ours) const
{
  if (samples_.empty()) return std::nullopt;
  return RemoteTime{microsOf(ours) + std::llround(shownAt(ours))};
}

std::optional<HostTime> ClockSync::toHost(RemoteTime theirs) const
{
  if (samples_.empty()) return std::nullopt;
  const auto micros = std::clamp(theirs.micros, -kFarthest, kFarthest);
  const auto nearly = hostTime(micros - std::llround(shown_));
  return hostTime(micros - std::llround(shownAt(nearly))); // the offset of that moment, not of now
}

bool ClockSync::Relation::isFresh(RemoteTime captured, HostTime now) const
{
  constexpr double kOldest = 2e6; // µs: spec room R-6
  const auto age = static_cast<double>(microsOf(now)) + offsetMicros - static_cast<double>(captured.micros);
  return std::abs(age) <= kOldest;
}

HostTime ClockSync::nextProbe() const
{
  if (!askedAt_) return HostTime{};
  return *askedAt_ + (asked_ < kSettling ? Micros{kOften} : Micros{kSeldom});
}

void ClockSync::asked(HostTime now)
{
  askedAt_ = now;
  ++asked_;
}

} // namespace tutti::room
