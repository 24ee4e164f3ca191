#include "TransportViewModel.hpp"

#include <QLocale>

#include <algorithm>
#include <cmath>

#include "window/Wording.hpp"

namespace tutti::app {

TransportViewModel::TransportViewModel(Clock clock)
  : clock_{std::move(clock)}
{}

void TransportViewModel::show(const engine::Snapshot& snapshot)
{
  grid_ = snapshot.grid;
  if (isPlaying_.tell(snapshot.isPlaying, snapshot.at)) emit isPlayingChanged();
  if (quantum_.tell(snapshot.grid.quantum(), snapshot.at)) emit quantumChanged();
}

QString TransportViewModel::quantumText() const
{
  return QLocale{}.toString(quantum(), 'g', 4);
}

QString TransportViewModel::quantumPhrase() const
{
  return wording::beats(quantum());
}

void TransportViewModel::togglePlaying()
{
  const bool wanted = !isPlaying();
  if (isPlaying_.ask(wanted, clock_())) emit isPlayingChanged();
  if (wanted)
    emit playAsked();
  else
    emit stopAsked();
}

void TransportViewModel::stepQuantum(int direction)
{
  const auto next = direction > 0 ? std::floor(quantum()) + 1 : std::ceil(quantum()) - 1;
  const auto wanted = std::clamp(next, shortestQuantum(), longestQuantum());
  if (!quantum_.ask(time::Beats::fromDouble(wanted), clock_())) return;
  emit quantumChanged();
  emit quantumAsked(wanted);
}

} // namespace tutti::app
