#include "DelayViewModel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "window/Wording.hpp"

namespace tutti::app {

namespace {

QList<double> tenthsOf(const stream::DelayParts& parts)
{
  QList<double> rounded;
  Micros soFar{0};
  std::int64_t toldSoFar = 0; // in tenths of a millisecond
  for (const auto part :
       {parts.deviceIn, parts.packet, parts.network, parts.playout, parts.resampler, parts.deviceOut}) {
    soFar += part;
    const auto told = std::llround(static_cast<double>(soFar.count()) / 100);
    rounded << static_cast<double>(told - toldSoFar) / 10;
    toldSoFar = told;
  }
  return rounded;
}

} // namespace

DelayViewModel::DelayViewModel(jam::PlayerId player, Wishes& wishes, Clock clock)
  : player_{std::move(player)}
  , wishes_{wishes}
  , clock_{std::move(clock)}
{}

void DelayViewModel::show(const jam::PlayerSnapshot& player, HostTime at)
{
  showParts(player.delay);
  const bool waits = player.mode.kind == stream::DelayMode::Kind::beats && player.modeProblem.empty();
  if (std::exchange(waitsForBeat_, waits) != waits) emit partNamesChanged();
  showJitter(player);
  if (intent_.tell(player.intent, at)) emit intentChanged();
  auto loss = tr("%1 lost, %2 late, %3 concealed")
                .arg(wording::share(player.lostShare), wording::share(player.lateShare),
                     wording::share(player.concealedShare));
  if (loss != lossText_) {
    lossText_ = std::move(loss);
    emit lossChanged();
  }
  auto way = wording::path(player.path);
  if (player.clockBound) way = tr("%1 (known to ±\u00a0%2)").arg(way, wording::duration(*player.clockBound));
  if (way != pathText_) {
    pathText_ = std::move(way);
    emit pathChanged();
  }
}

void DelayViewModel::showParts(const stream::DelayParts& parts)
{
  auto rounded = tenthsOf(parts);
  if (rounded == parts_) return;
  parts_ = std::move(rounded);
  emit delayChanged();
}

void DelayViewModel::showJitter(const jam::PlayerSnapshot& player)
{
  const auto& counts = player.jitter;
  const auto highest = counts.empty() ? 0U : *std::max_element(counts.begin(), counts.end());
  QList<double> bars;
  for (const auto count : counts)
    bars << (highest == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(highest));
  if (bars == jitter_) return;
  jitter_ = std::move(bars);
  jitterText_ = wording::duration(player.jitterBin * static_cast<std::int64_t>(counts.size()));
  emit jitterChanged();
}

double DelayViewModel::total() const
{
  return std::accumulate(parts_.begin(), parts_.end(), 0.0);
}

QString DelayViewModel::totalText() const
{
  return wording::tenths(total());
}

QStringList DelayViewModel::partTexts() const
{
  QStringList texts;
  for (const auto part : parts_) texts << wording::tenths(part);
  return texts;
}

QStringList DelayViewModel::partNames() const
{
  const auto playout = waitsForBeat_ ? tr("Wait for the beat") : tr("Safety");
  return {tr("Their device"), tr("Packet"), tr("Network"), playout, tr("Resampler"), tr("Our device")};
}

void DelayViewModel::askIntent(double intent)
{
  const auto wanted = std::round(std::clamp(intent, 0.0, 1.0) * 100) / 100;
  if (!intent_.ask(wanted, clock_())) return;
  emit intentChanged();
  emit wishes_.intentWanted(player_, wanted);
}

} // namespace tutti::app
