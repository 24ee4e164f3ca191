#include "ArrivalLine.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::stream {
namespace {

constexpr double kFinest = 1000;        // µs; the loop takes up a smaller step by itself
constexpr double kLikely = 300;         // µs; beside a break, as the loop needs seconds
constexpr double kUnusual = 4;          // times the mean change from packet to packet
constexpr double kLearning = 1.0 / 256; // the share of one packet in what is usual
constexpr double kYoungLearning = 1.0 / 32;
constexpr double kCalmJitter = 300;   // µs; with more, the loop is narrower from the start
constexpr double kRestless = 3e6;     // µs
constexpr double kBesideBreak = 40e3; // µs
constexpr double kBelieving = 1;      // s; a younger line learns from every packet
constexpr double kRateKnown = 4;      // s
constexpr int kEnough = 8;            // packets, however seldom they come
constexpr int kDoubt = 4;             // a packet on the line outweighs so many beside it

} // namespace

double ArrivalLine::far(double arrived) const
{
  const bool isBesideBreak = arrived - brokeAt_ < kBesideBreak;
  return std::max(isBesideBreak ? kLikely : kFinest, kUnusual * usual_);
}

ArrivalLine::Verdict ArrivalLine::add(std::int64_t frame, std::int64_t frames, double arrived)
{
  const double error = clock_.hasBegun() ? latenessOf(frame, arrived) : 0;
  const double change = std::min(std::abs(error - lastError_), 2 * far(arrived));
  const bool isYoung = this->isYoung();
  lastError_ = error;
  usual_ += (isYoung ? kYoungLearning : kLearning) * (change - usual_);
  const bool isStray = !isYoung && std::abs(error) > far(arrived);
  const auto step = isYoung ? std::nullopt : judgeRun(error, arrived);
  if (step) {
    clock_.shift(*step);
    lastError_ -= *step;
    steppedAt_ = arrived;
  }
  if (step || !isStray) learn(frame, frames, arrived);
  return {isStray && !step, step};
}

/// A path that has just changed says little about the clocks; one that jitters much says it slowly.
void ArrivalLine::learn(std::int64_t frame, std::int64_t frames, double arrived)
{
  const bool isRestless = arrived - steppedAt_ < kRestless;
  clock_.add(frame, frames, arrived, std::min(1.0, kCalmJitter / std::max(usual_, 1.0)),
             isRestless ? ClockFilter::Lesson::offsetOnly : ClockFilter::Lesson::all);
}

std::optional<double> ArrivalLine::judgeRun(double error, double arrived)
{
  const int side = error > far(arrived) ? 1 : error < -far(arrived) ? -1 : 0;
  if (run_ > 0 && side != side_) {
    run_ -= kDoubt;
    return std::nullopt;
  }
  if (side == 0) return std::nullopt;
  if (run_ <= 0) {
    run_ = 0;
    side_ = side;
    runBegan_ = arrived;
    errorCount_ = 0;
  }
  ++run_;
  errors_[errorCount_++ % errors_.size()] = error;
  const double after = runBegan_ - brokeAt_ < kBesideBreak ? kStepAfterBreak : kStepAfter;
  if (run_ < kEnough || arrived - runBegan_ < after) return std::nullopt;
  run_ = 0;
  return medianOfRun();
}

double ArrivalLine::medianOfRun() const
{
  auto errors = errors_;
  const auto count = std::min(errorCount_, errors.size());
  const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(errors.begin(), middle, errors.begin() + static_cast<std::ptrdiff_t>(count));
  return *middle;
}

bool ArrivalLine::isYoung() const
{
  return clock_.age() - bornAt_ < kBelieving;
}

void ArrivalLine::takeAnotherWay(double now)
{
  clock_.forgetOffset();
  if (clock_.age() < kRateKnown) clock_.forgetRate();
  bornAt_ = clock_.age();
  steppedAt_ = now;
  lastError_ = 0;
  run_ = 0;
}

void ArrivalLine::reset()
{
  clock_.reset();
  usual_ = 0;
  lastError_ = 0;
  steppedAt_ = -1e18;
  brokeAt_ = -1e18;
  bornAt_ = 0;
  run_ = 0;
}

} // namespace tutti::stream
