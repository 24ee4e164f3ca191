#include "ClockFilter.hpp"

#include <algorithm>
#include <numbers>

namespace tutti::stream {
namespace {

constexpr double kWide = 0.5;    // Hz
constexpr double kNarrow = 0.05; // Hz
constexpr double kWideFor = 4; // s; then narrower with age, so that the jitter of the start is averaged away
constexpr double kMostTurn = 0.5; // rad; after a hole the loop must not overshoot
constexpr int kFewPoints = 1000;

double bandwidthAt(double age) noexcept TUTTI_NONBLOCKING
{
  return age <= kWideFor ? kWide : std::max(kNarrow, kWide * kWideFor / age);
}

} // namespace

ClockFilter::ClockFilter(audio::SampleRate nominal) noexcept TUTTI_NONBLOCKING
  : nominal_{1e6 / nominal.hertz()},
    period_{nominal_}
{}

void ClockFilter::add(std::int64_t frame, std::int64_t frames, double micros, double care,
                      Lesson lesson) noexcept TUTTI_NONBLOCKING
{
  if (!hasBegun_) {
    frame_ = frame;
    micros_ = micros;
    hasBegun_ = true;
    points_ = 1;
    return;
  }
  const double seconds = static_cast<double>(frames) * nominal_ * 1e-6;
  age_ += seconds;
  points_ = std::min(points_ + 1, kFewPoints);
  const double bandwidth = std::max(kNarrow, care * bandwidthAt(age_));
  const double turn = std::min(2 * std::numbers::pi * bandwidth * seconds, kMostTurn);
  const double mean = points_ < kFewPoints ? 1.0 / points_ : 0; // of few moments, when nothing is better
  const double error = micros - microsAt(static_cast<double>(frame));
  if (frame > frame_) {
    micros_ = microsAt(static_cast<double>(frame));
    frame_ = frame;
  }
  micros_ += std::max(std::numbers::sqrt2 * turn, mean) * error;
  if (lesson == Lesson::offsetOnly || frames <= 0) return;
  const double furthest = kFurthestPpm * 1e-6 * nominal_;
  period_ += turn * turn * error / static_cast<double>(frames);
  period_ = std::clamp(period_, nominal_ - furthest, nominal_ + furthest);
}

void ClockFilter::forgetRate() noexcept TUTTI_NONBLOCKING
{
  period_ = nominal_;
  age_ = 0;
}

void ClockFilter::reset() noexcept TUTTI_NONBLOCKING
{
  forgetRate();
  hasBegun_ = false;
}

} // namespace tutti::stream
