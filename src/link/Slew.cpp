#include "Slew.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::link {
namespace {

constexpr std::int64_t kSlowness = 5000; // one microsecond in 5000: 200 ppm
constexpr std::chrono::milliseconds kStep{50};
constexpr std::chrono::milliseconds kTooFar{5};

} // namespace

void Slew::jumpTo(const time::SessionTransform& transform)
{
  transform_ = transform;
  target_.reset();
}

void Slew::moveTo(Micros intercept, HostTime now)
{
  const auto distance = intercept - transform_.intercept;
  if (distance > kTooFar || distance < -kTooFar) return jumpTo({1.0, intercept});
  target_ = intercept;
  movedAt_ = now;
}

bool Slew::advance(HostTime now)
{
  const auto due = nextDeadline();
  if (!due || now < *due) return false;
  const auto reach = Micros{(now - movedAt_).count() / kSlowness};
  movedAt_ = now;
  transform_.intercept += std::clamp(*target_ - transform_.intercept, -reach, reach);
  if (transform_.intercept == *target_) target_.reset();
  return true;
}

std::optional<HostTime> Slew::nextDeadline() const
{
  if (!target_) return std::nullopt;
  return movedAt_ + kStep;
}

} // namespace tutti::link
