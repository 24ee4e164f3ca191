#include "JamReport.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;
using Kind = stream::DelayMode::Kind;

const char* nameOf(Kind kind)
{
  if (kind == Kind::live) return "live";
  return kind == Kind::steady ? "steady" : "beats";
}

double percent(double share)
{
  return std::round(share * 100'000) / 1000;
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

Json reasonOf(const jam::GuestSnapshot& guest)
{
  const auto& why = guest.isHere ? guest.trouble : guest.whyMissing;
  return why.empty() ? Json() : Json(why);
}

} // namespace

std::string joinedJson(HostTime at, const jam::JamSnapshot& snapshot)
{
  const auto& device = snapshot.device.status;
  return jsonText({{"event", "joined"},
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
  return jsonText(
    {{"t", microsOf(at)},
     {"player", player.name},
     {"path", player.path ? nameOf(*player.path) : "none"},
     {"rttMs", player.roundTrip ? Json(roundedMillis(*player.roundTrip)) : Json()},
     {"lossPct", percent(player.lostShare)},
     {"latePct", percent(player.lateShare)},
     {"concealedPct", percent(player.concealedShare)},
     {"stale", player.stalePackets},
     {"driftPpm", std::round(player.driftPpm * 10) / 10},
     {"delayMs",
      {{"deviceIn", roundedMillis(delay.deviceIn)},
       {"packet", roundedMillis(delay.packet)},
       {"network", roundedMillis(delay.network)},
       {"playout", roundedMillis(delay.playout)},
       {"resampler", roundedMillis(delay.resampler)},
       {"deviceOut", roundedMillis(delay.deviceOut)},
       {"total", roundedMillis(delay.total())}}},
     {"mode", nameOf(player.mode.kind)},
     {"steadyMs", player.mode.kind == Kind::steady ? Json(roundedMillis(player.mode.total)) : Json()},
     {"beats", player.mode.kind == Kind::beats ? Json(player.mode.beats) : Json()},
     {"modeProblem", player.modeProblem.empty() ? Json() : Json(player.modeProblem)},
     {"heard", player.isHeard},
     {"clockBoundMs", player.clockBound ? Json(roundedMillis(*player.clockBound)) : Json()},
     {"levelDb", levels(player.strip)}});
}

std::string guestJson(HostTime at, const jam::GuestSnapshot& guest)
{
  return jsonText({{"t", microsOf(at)},
                   {"guest", guest.id.name},
                   {"kind", guest.id.kind},
                   {"state", guest.isHere ? "here" : "missing"},
                   {"why", reasonOf(guest)}});
}

std::string ownJson(HostTime at, const jam::JamSnapshot& snapshot)
{
  return jsonText({{"t", microsOf(at)},
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
    text +=
      fmt::format("{}{} {}", text.empty() ? "" : "  |  ", player.name,
                  player.isHeard ? fmt::format("{:.1f} ms, {:.1f} % lost",
                                               roundedMillis(player.delay.total()), percent(player.lostShare))
                                 : std::string{"not heard"});
  return text;
}

} // namespace tutti::app
