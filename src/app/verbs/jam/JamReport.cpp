#include "JamReport.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;
using Kind = stream::DelayMode::Kind;

/// Microseconds as milliseconds with two digits: what is measured is no finer.
double millis(Micros duration)
{
  return std::round(static_cast<double>(duration.count()) / 10) / 100;
}

const char* nameOf(Kind kind)
{
  if (kind == Kind::live) return "live";
  return kind == Kind::steady ? "steady" : "beats";
}

double percent(double share)
{
  return std::round(share * 100'000) / 1000;
}

std::string line(const Json& json)
{
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json levels(const jam::StripSnapshot& strip)
{
  Json all = Json::array();
  for (const auto& channel : strip.channels) {
    const auto peak = channel.level.peak.value();
    all.push_back(std::isfinite(peak) ? Json(std::round(peak * 10) / 10) : Json());
  }
  return all;
}

} // namespace

std::string joinedJson(HostTime at, const jam::JamSnapshot& snapshot)
{
  const auto& device = snapshot.device.status;
  return line({{"event", "joined"},
               {"t", microsOf(at)},
               {"room", snapshot.room.name},
               {"name", snapshot.own.name},
               {"device", device.name},
               {"rate", device.rate.hertz()},
               {"frames", device.frames},
               {"client", device.clientName}});
}

std::string playerJson(HostTime at, const jam::PlayerSnapshot& player)
{
  const auto& delay = player.delay;
  return line({{"t", microsOf(at)},
               {"player", player.name},
               {"path", player.path ? nameOf(*player.path) : "none"},
               {"rttMs", player.roundTrip ? Json(millis(*player.roundTrip)) : Json()},
               {"lossPct", percent(player.lostShare)},
               {"latePct", percent(player.lateShare)},
               {"concealedPct", percent(player.concealedShare)},
               {"stale", player.stalePackets},
               {"driftPpm", std::round(player.driftPpm * 10) / 10},
               {"delayMs",
                {{"deviceIn", millis(delay.deviceIn)},
                 {"packet", millis(delay.packet)},
                 {"network", millis(delay.network)},
                 {"playout", millis(delay.playout)},
                 {"resampler", millis(delay.resampler)},
                 {"deviceOut", millis(delay.deviceOut)},
                 {"total", millis(delay.total())}}},
               {"mode", nameOf(player.mode.kind)},
               {"steadyMs", player.mode.kind == Kind::steady ? Json(millis(player.mode.total)) : Json()},
               {"beats", player.mode.kind == Kind::beats ? Json(player.mode.beats) : Json()},
               {"modeProblem", player.modeProblem.empty() ? Json() : Json(player.modeProblem)},
               {"heard", player.isHeard},
               {"clockBoundMs", player.clockBound ? Json(millis(*player.clockBound)) : Json()},
               {"levelDb", levels(player.strip)}});
}

std::string guestJson(HostTime at, const jam::GuestSnapshot& guest)
{
  return line({{"t", microsOf(at)},
               {"guest", guest.id.name},
               {"kind", guest.id.kind},
               {"state", guest.isHere ? "here" : "missing"},
               {"why", guest.isHere ? Json() : Json(guest.whyMissing)}});
}

std::string ownJson(HostTime at, const jam::JamSnapshot& snapshot)
{
  return line({{"t", microsOf(at)},
               {"event", "own"},
               {"levelDb", levels(snapshot.own.strip)},
               {"players", snapshot.players.size()},
               {"deviceRunning", snapshot.device.status.isRunning},
               {"xruns", snapshot.device.status.xruns},
               {"ownXruns", snapshot.device.ownXruns},
               {"heldUp", snapshot.device.heldUp},
               {"callback", {{"p50", snapshot.device.loadMedian}, {"p9999", snapshot.device.loadWorst}}},
               {"sentUs",
                {{"p50", snapshot.own.sentMedian.count()},
                 {"p95", snapshot.own.sentP95.count()},
                 {"p99", snapshot.own.sentP99.count()}}}});
}

std::string eventJson(HostTime at, const std::string& event, const std::string& text)
{
  return line({{"event", event}, {"t", microsOf(at)}, {"text", text}});
}

std::string joinedText(const jam::JamSnapshot& snapshot)
{
  const auto& device = snapshot.device.status;
  return fmt::format("In the room '{}' as {}, playing on {} at {} Hz, {} frames. Leave with Ctrl-C.",
                     snapshot.room.name, snapshot.own.name, device.name, device.rate.hertz(), device.frames);
}

std::string secondText(const jam::JamSnapshot& snapshot)
{
  if (!snapshot.room.problem.empty()) return snapshot.room.problem;
  if (!snapshot.device.problem.empty()) return snapshot.device.problem;
  if (snapshot.players.empty()) return "Nobody else is here yet";
  std::string text;
  for (const auto& player : snapshot.players)
    text += fmt::format("{}{} {}", text.empty() ? "" : "  |  ", player.name,
                        player.isHeard ? fmt::format("{:.1f} ms, {:.1f} % lost", millis(player.delay.total()),
                                                     percent(player.lostShare))
                                       : std::string{"not heard"});
  return text;
}

} // namespace tutti::app
