#include "BridgeReport.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;

/// With two digits: what is measured is no finer.
double millis(Micros duration)
{
  return std::round(static_cast<double>(duration.count()) / 10) / 100;
}

std::string line(const Json& json)
{
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string pathOf(const bridge::SiteSnapshot& site)
{
  return site.path ? std::string{room::nameOf(*site.path)} : "none";
}

Json jsonOf(const bridge::SiteSnapshot& site)
{
  const auto& clock = site.clock;
  return {{"name", site.name},
          {"path", pathOf(site)},
          {"rttMs", site.roundTrip ? Json(millis(*site.roundTrip)) : Json()},
          {"offsetUs", clock ? Json(std::llround(clock->offsetMicros)) : Json()},
          {"boundUs", clock ? Json(clock->bound.count()) : Json()},
          {"driftPpm", clock ? Json(std::round(clock->driftPpm * 10) / 10) : Json()},
          {"linkPeers", site.linkPeers}};
}

std::string textOf(const bridge::SiteSnapshot& site)
{
  if (!site.path) return fmt::format("{} out of reach", site.name);
  auto text = fmt::format("{} {}", site.name, pathOf(site));
  if (site.roundTrip) text += fmt::format(" {:.1f} ms", millis(*site.roundTrip));
  if (site.clock)
    text += fmt::format(", ± {:.2f} ms, at worst ± {:.2f}", millis(site.clock->likelyError),
                        millis(site.clock->bound));
  if (!site.isInSession) text += ", not in our session yet";
  return text;
}

} // namespace

std::string bridgeJoinedJson(HostTime at, const std::string& room, const std::string& name)
{
  return line({{"event", "joined"}, {"t", microsOf(at)}, {"room", room}, {"name", name}});
}

std::string bridgeJson(HostTime at, const bridge::Snapshot& snapshot)
{
  Json sites = Json::array();
  for (const auto& site : snapshot.sites) sites.push_back(jsonOf(site));
  return line({{"t", microsOf(at)},
               {"sites", std::move(sites)},
               {"session", snapshot.session.hex()},
               {"tempo", std::round(snapshot.tempo.bpm() * 1e6) / 1e6},
               {"peersHere", snapshot.peersHere},
               {"peersTotal", snapshot.peersTotal}});
}

std::string bridgeChannelsJson(HostTime at, const linkaudio::SiteChannelsSnapshot& channels)
{
  Json offered = Json::array();
  for (const auto& one : channels.offered)
    offered.push_back({{"peer", one.channel.peerName},
                       {"name", one.channel.name},
                       {"sites", one.askers},
                       {"packets", one.packets}});
  Json published = Json::array();
  for (const auto& one : channels.published)
    published.push_back({{"name", one.name},
                         {"site", one.site},
                         {"heard", one.isHeard},
                         {"packets", one.packets},
                         {"lost", one.lost},
                         {"holes", one.holes}});
  return line({{"event", "channels"},
               {"t", microsOf(at)},
               {"offered", std::move(offered)},
               {"published", std::move(published)}});
}

std::string bridgeEventJson(HostTime at, const std::string& event, const std::string& text)
{
  return line({{"event", event}, {"t", microsOf(at)}, {"text", text}});
}

std::string bridgeText(const bridge::Snapshot& snapshot)
{
  auto text = fmt::format("{:.2f} bpm  |  {} Link program{} here, {} in all", snapshot.tempo.bpm(),
                          snapshot.peersHere, snapshot.peersHere == 1 ? "" : "s", snapshot.peersTotal);
  if (snapshot.sites.empty()) return text + "  |  no other site yet";
  for (const auto& site : snapshot.sites) text += "  |  " + textOf(site);
  return text;
}

std::string bridgeChannelsText(const linkaudio::SiteChannelsSnapshot& channels)
{
  if (channels.offered.empty() && channels.published.empty()) return {};
  return fmt::format("  |  channels: {} to the other sites, {} from them", channels.offered.size(),
                     channels.published.size());
}

} // namespace tutti::app
