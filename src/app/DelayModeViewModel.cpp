#include "DelayModeViewModel.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {

using stream::DelayMode;

namespace {

constexpr double kTolerance = 1;           // ms; the parts are measured, and so never quite right
constexpr double kAudiblyConcealed = 0.01; // of the sound

double millis(Micros duration)
{
  return static_cast<double>(duration.count()) / 1000;
}

DelayMode steady(int milliseconds)
{
  return DelayMode::steady(Micros{milliseconds * std::int64_t{1000}});
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
  const auto delay = millis(player.delay.total());
  const bool hasHoles = player.lateShare + player.concealedShare > kAudiblyConcealed;
  const bool isMissed = delay > millis(player.mode.total) + kTolerance || hasHoles;
  const bool isTooShort = player.mode.kind == DelayMode::Kind::steady && player.isHeard && isMissed;
  const auto problem = QString::fromStdString(player.modeProblem);
  const bool hasMoved = mode_.tell(player.mode, at);
  now_ = steps(delay);
  if (!hasMoved && isTooShort == isTooShort_ && problem == problem_) return;
  isTooShort_ = isTooShort;
  problem_ = problem;
  emit changed();
}

int DelayModeViewModel::milliseconds() const
{
  return isSteady() ? static_cast<int>(std::lround(millis(mode_.value().total))) : now_;
}

void DelayModeViewModel::chooseShort()
{
  if (!isShort()) ask(DelayMode{});
}

void DelayModeViewModel::chooseSteady()
{
  if (!isSteady()) ask(steady(std::min(now_ + kStep, kLongest)));
}

void DelayModeViewModel::step(int steps)
{
  if (isSteady()) ask(steady(std::clamp(milliseconds() + steps * kStep, kShortest, kLongest)));
}

void DelayModeViewModel::chooseBeats()
{
  if (!isInBeats()) ask(DelayMode::inBeats(kUsualBeats));
}

void DelayModeViewModel::stepBeats(int steps)
{
  if (isInBeats()) ask(DelayMode::inBeats(std::clamp(beats() + steps, 1, DelayMode::kMostBeats)));
}

void DelayModeViewModel::ask(DelayMode mode)
{
  const auto before = mode_.value().kind;
  if (!mode_.ask(mode, clock_())) return;
  problem_.clear(); // was of the one before
  emit changed();
  const auto spoken = mode.kind == DelayMode::Kind::live ? before : mode.kind;
  if (spoken == DelayMode::Kind::beats)
    emit wishes_.beatsWanted(player_, mode.beats);
  else
    emit wishes_.steadyWanted(player_, millis(mode.total));
}

} // namespace tutti::app
