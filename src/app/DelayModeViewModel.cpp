#include "DelayModeViewModel.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {

namespace {

constexpr double kTolerance = 1;           // ms; the parts are measured, and so never quite right
constexpr double kAudiblyConcealed = 0.01; // of the sound

double millis(Micros duration)
{
  return static_cast<double>(duration.count()) / 1000;
}

/// Whole steps, upwards.
int steps(double milliseconds)
{
  const auto count = std::ceil(milliseconds / DelayModeViewModel::kStep);
  return std::clamp(static_cast<int>(count) * DelayModeViewModel::kStep, DelayModeViewModel::kShortest,
                    DelayModeViewModel::kLongest);
}

} // namespace

DelayModeViewModel::DelayModeViewModel(jam::PlayerId player, Wishes& wishes, Clock clock)
  : player_{std::move(player)}
  , wishes_{wishes}
  , clock_{std::move(clock)}
{}

void DelayModeViewModel::show(const jam::PlayerSnapshot& player, HostTime at)
{
  const auto chosen = player.steady ? static_cast<int>(std::lround(millis(*player.steady))) : 0;
  const auto delay = millis(player.delay.total());
  const bool hasHoles = player.lateShare + player.concealedShare > kAudiblyConcealed;
  const bool isTooShort = player.steady && player.isHeard && (delay > chosen + kTolerance || hasHoles);
  const bool hasMoved = steady_.tell(chosen, at);
  now_ = steps(delay);
  if (!hasMoved && isTooShort == isTooShort_) return;
  isTooShort_ = isTooShort;
  emit changed();
}

int DelayModeViewModel::milliseconds() const
{
  return isSteady() ? steady_.value() : now_;
}

void DelayModeViewModel::toggle()
{
  ask(isSteady() ? 0 : std::min(now_ + kStep, kLongest));
}

void DelayModeViewModel::step(int steps)
{
  if (isSteady()) ask(std::clamp(steady_.value() + steps * kStep, kShortest, kLongest));
}

void DelayModeViewModel::ask(int milliseconds)
{
  if (!steady_.ask(milliseconds, clock_())) return;
  emit changed();
  emit wishes_.steadyWanted(player_, milliseconds);
}

} // namespace tutti::app
