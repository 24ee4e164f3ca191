#include "StatusLine.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tutti::app {
namespace {

constexpr double kMostCells = 16;

std::string_view transportWord(const engine::Snapshot& snapshot)
{
  if (!snapshot.isPlaying) return "stopped";
  return snapshot.grid.beatAt(snapshot.at) < time::Beats{} ? "count-in" : "playing";
}

/// Hundredths cut off, not rounded: 3.999 is still the fourth beat.
double hundredthsOf(time::Beats beats)
{
  return std::floor(beats.toDouble() * 100) / 100;
}

} // namespace

std::string beatBar(time::Beats phase, time::Beats quantum)
{
  const auto beats = quantum.toDouble();
  if (beats <= 0) return "[]";
  const auto cells = std::min(std::ceil(beats), kMostCells);
  const auto perCell = std::max(1.0, beats / kMostCells);
  const auto filled =
    static_cast<std::size_t>(std::clamp(std::floor(phase.toDouble() / perCell) + 1, 1.0, cells));
  return fmt::format("[{}{}]", std::string(filled, '#'),
                     std::string(static_cast<std::size_t>(cells) - filled, '-'));
}

std::string statusLine(const engine::Snapshot& snapshot, std::size_t columns)
{
  const auto& grid = snapshot.grid;
  const auto& link = snapshot.link;
  auto line = fmt::format(
    "Link {:<3} | {:>2} {:<5} | quantum {:<2} | sync {:<3} | {:<8} | {:>6.2f} bpm | beat {:>9.2f} {}",
    link.isEnabled ? "on" : "off", link.peerCount, link.peerCount == 1 ? "peer" : "peers",
    grid.quantum().toDouble(), link.followsStartStop ? "on" : "off", transportWord(snapshot),
    grid.tempo().bpm(), hundredthsOf(grid.beatAt(snapshot.at)),
    beatBar(grid.phaseAt(snapshot.at), grid.quantum()));
  line.resize(std::min(line.size(), columns));
  return line;
}

} // namespace tutti::app
