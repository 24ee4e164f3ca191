#include "ChannelViewModel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "window/DecibelScale.hpp"

namespace tutti::app {

namespace {

double tidyPan(double pan)
{
  constexpr double kSteps = 100;
  return std::round(std::clamp(pan, -1.0, 1.0) * kSteps) / kSteps + 0.0;
}

} // namespace

ChannelViewModel::ChannelViewModel(jam::StripId strip, int channel, Wishes& wishes, Clock clock)
  : strip_{std::move(strip)}
  , channel_{channel}
  , wishes_{wishes}
  , clock_{std::move(clock)}
{
  connect(&level_, &LevelViewModel::cleared, this, [this] { emit wishes_.clipCleared(strip_, channel_); });
}

void ChannelViewModel::show(const jam::ChannelSnapshot& channel, HostTime at)
{
  if (gain_.tell(DecibelScale::tidy(channel.gain.value()), at)) emit gainChanged();
  if (pan_.tell(tidyPan(channel.pan), at)) emit panChanged();
  if (isMuted_.tell(channel.isMuted, at)) emit isMutedChanged();
  if (isSoloed_.tell(channel.isSoloed, at)) emit isSoloedChanged();
  if (isInverted_.tell(channel.isInverted, at)) emit isInvertedChanged();
  if (std::exchange(isSilenced_, channel.isSilenced) != channel.isSilenced) emit isSilencedChanged();
  level_.show(channel.level);
}

QString ChannelViewModel::gainText() const
{
  return tr("%1\u00a0dB").arg(DecibelScale::text(gain()));
}

QString ChannelViewModel::panText() const
{
  const auto percent = std::lround(std::abs(pan()) * 100);
  if (percent == 0) return tr("Centre");
  return (pan() < 0 ? tr("L\u00a0%1", "pan to the left") : tr("R\u00a0%1", "pan to the right")).arg(percent);
}

void ChannelViewModel::askGain(double decibels)
{
  const auto wanted = DecibelScale::tidy(decibels);
  if (!gain_.ask(wanted, clock_())) return;
  emit gainChanged();
  emit wishes_.gainWanted(strip_, channel_, wanted);
}

void ChannelViewModel::nudgeGain(double decibels)
{
  askGain(std::isinf(gain()) && decibels > 0 ? DecibelScale::kLowest : gain() + decibels);
}

void ChannelViewModel::askPan(double pan)
{
  const auto wanted = tidyPan(pan);
  if (!pan_.ask(wanted, clock_())) return;
  emit panChanged();
  emit wishes_.panWanted(strip_, channel_, wanted);
}

void ChannelViewModel::toggleMute()
{
  isMuted_.ask(!isMuted(), clock_());
  emit isMutedChanged();
  emit wishes_.muteWanted(strip_, channel_, isMuted());
}

void ChannelViewModel::toggleSolo()
{
  isSoloed_.ask(!isSoloed(), clock_());
  emit isSoloedChanged();
  emit wishes_.soloWanted(strip_, channel_, isSoloed());
}

void ChannelViewModel::toggleInvert()
{
  isInverted_.ask(!isInverted(), clock_());
  emit isInvertedChanged();
  emit wishes_.invertWanted(strip_, channel_, isInverted());
}

} // namespace tutti::app
