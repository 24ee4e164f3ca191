#include "DelayTarget.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::stream {
namespace {

constexpr double kMostLate = 1e-2;           // share at low delay
constexpr double kMiddleLate = 1.0 / 45'000; // share in the middle: one of 64 frames a minute at 48 kHz
constexpr double kCaution = 600;             // µs …
constexpr double kCautious = 5e6;            // … going to nothing in as many

} // namespace

void DelayTarget::setLimits(double floor, double ceiling)
{
  floor_ = std::max(0.0, floor);
  ceiling_ = std::max(floor_, ceiling);
}

void DelayTarget::begin(double now, double before)
{
  began_ = now;
  caution_ = std::max(kCaution, before - kMargin);
}

double DelayTarget::memory() const
{
  return LatenessPeak::kMemory * std::max(stretch(), 0.1);
}

double DelayTarget::share() const
{
  return kMostLate * std::pow(kMiddleLate / kMostLate, stretch());
}

void DelayTarget::add(double lateness, double headroom, double now)
{
  learnt_.histogram.add(lateness, now, memory());
  learnt_.peak.add(lateness + headroom, now);
}

void DelayTarget::doubt(double lateness, double headroom, double now)
{
  if (doubtedCount_ == 0) doubtBegan_ = now;
  if (doubtedCount_ == doubted_.size()) trustDoubted();
  doubted_[doubtedCount_++] = {lateness, now};
  learnt_.peak.add(lateness + headroom, now); // up at once; taken back if it was the way
}

void DelayTarget::trustDoubted()
{
  for (std::size_t i = 0; i < doubtedCount_; ++i)
    learnt_.histogram.add(doubted_[i].lateness, doubted_[i].at, memory());
  doubtedCount_ = 0;
}

void DelayTarget::stepped(double step, double now)
{
  if (doubtedCount_ > 0 && step > 0) learnt_.peak.forgive(step, doubtBegan_, now);
  for (std::size_t i = 0; i < doubtedCount_; ++i) doubted_[i].lateness -= step;
  trustDoubted();
}

double DelayTarget::at(double now) const
{
  const double needed = std::max(learnt_.histogram.exceededBy(share()), learnt_.peak.at(now, stretch()));
  const double caution = caution_ * std::clamp(1 - (now - began_) / kCautious, 0.0, 1.0);
  return std::clamp(std::max(needed, caution) + kMargin, floor_, ceiling_);
}

void DelayTarget::reset()
{
  learnt_.histogram.reset();
  learnt_.peak.reset();
  doubtedCount_ = 0;
  mark();
}

} // namespace tutti::stream
