#include "SnapshotJson.hpp"

#include <fmt/format.h>

namespace tutti::app {
namespace {

/// Exactly the microbeats, without a detour through binary fractions.
std::string sixDecimals(time::Beats beats)
{
  const auto micro = beats.microBeats();
  const auto magnitude =
    micro < 0 ? 0 - static_cast<std::uint64_t>(micro) : static_cast<std::uint64_t>(micro);
  return fmt::format("{}{}.{:06}", micro < 0 ? "-" : "", magnitude / 1'000'000, magnitude % 1'000'000);
}

} // namespace

std::string encodeJson(const engine::Snapshot& snapshot, std::string_view event)
{
  const auto& link = snapshot.link;
  const auto& grid = snapshot.grid;
  return fmt::format(
    R"({{"t":{},"enabled":{},"peers":{},"tempo":{:.6f},"beat":{},"phase":{},"quantum":{},)"
    R"("playing":{},"startStopSync":{},"session":"{}","node":"{}","offsetUs":{},"spreadUs":{},)"
    R"("event":"{}"}})",
    microsOf(snapshot.at), link.isEnabled, link.peerCount, grid.tempo().bpm(),
    sixDecimals(grid.beatAt(snapshot.at)), sixDecimals(grid.phaseAt(snapshot.at)),
    sixDecimals(grid.quantum()), snapshot.isPlaying, link.followsStartStop, link.session.hex(),
    link.node.hex(), link.sessionOffset.count(),
    link.estimate ? fmt::to_string(link.estimate->spread.count()) : "null", event);
}

std::vector<std::string_view> eventsBetween(const engine::Snapshot& before, const engine::Snapshot& now)
{
  std::vector<std::string_view> events;
  if (before.link.isEnabled != now.link.isEnabled)
    events.emplace_back(now.link.isEnabled ? "enabled" : "disabled");
  if (before.link.session != now.link.session || before.link.node != now.link.node)
    events.emplace_back("session");
  if (before.link.peerCount != now.link.peerCount) events.emplace_back("peers");
  // As it is on the wire: the same tempo comes back from there with other last digits.
  if (before.grid.tempo().microsPerBeat() != now.grid.tempo().microsPerBeat()) events.emplace_back("tempo");
  if (before.grid.quantum() != now.grid.quantum()) events.emplace_back("quantum");
  if (before.link.followsStartStop != now.link.followsStartStop) events.emplace_back("sync");
  if (before.isPlaying != now.isPlaying) events.emplace_back(now.isPlaying ? "start" : "stop");
  return events;
}

} // namespace tutti::app
