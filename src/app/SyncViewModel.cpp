#include "SyncViewModel.hpp"

#include <algorithm>

#include "window/Wording.hpp"

namespace tutti::app {

void SyncViewModel::show(const engine::Snapshot& snapshot)
{
  const auto& status = snapshot.link;
  const bool hasMoved = take(status.syncHistory);
  auto verdict = verdictOn(status);
  auto detail = detailOf(status);
  if (!hasMoved && verdict == verdict_ && detail == detail_) return;
  verdict_ = std::move(verdict);
  detail_ = std::move(detail);
  emit changed();
}

QString SyncViewModel::verdictOn(const link::Status& status) const
{
  if (!status.isEnabled || status.peerCount == 0) return {};
  if (!hasPoints()) return tr("Measuring…");
  const auto error = recentError();
  const auto figure = wording::duration(std::max(error, Micros{1}));
  if (error <= Micros{100}) return tr("Tight: within %1").arg(figure);
  if (error <= Micros{1'000}) return tr("Good: within %1").arg(figure);
  if (error <= Micros{5'000}) return tr("Loose: within %1").arg(figure);
  return tr("Poor: off by %1").arg(figure);
}

QString SyncViewModel::detailOf(const link::Status& status)
{
  if (!status.isEnabled || status.peerCount == 0) return {};
  if (!status.estimate) return tr("The session keeps this machine's clock");
  return tr("Session clock known to ± %1, round trip %2")
    .arg(wording::duration(status.estimate->spread), wording::duration(status.estimate->shortestRoundTrip));
}

} // namespace tutti::app
