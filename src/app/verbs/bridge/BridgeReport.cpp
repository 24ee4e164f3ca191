#include "BridgeReport.hpp"

#include <cmath>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;

std::string pathOf(const bridge::SiteSnapshot& site)
{
  return site.path ? std::string{room::nameOf(*site.path)} : "none";
}

Json jsonOf(const bridge::SiteSnapshot& site)
{
  const auto& clock = site.clock;
  return {{"name", site.name},
          {"path", pathOf(site)},
          {"rttMs", site.roundTrip ? Json(roundedMillis(*site.roundTrip)) : Json()},
          {"offsetUs", clock ? Json(std::llround(clock->offsetMicros)) : Json()},
          {"boundUs", clock ? Json(clock->bound.count()) : Json()},
          {"driftPpm", clock ? Json(std::round(clock->driftPpm * 10) / 10) : Json()},
          {"linkPeers", site.linkPeers}};
}

std::string textOf(const bridge::SiteSnapshot& site)
{
  if (!site.path) return fmt::format("{} out of reach", site.name);
  auto text = fmt::format("{} {}", site.name, pathOf(site));
  if (site.roundTrip) text += fmt::format(" {:.1f} ms", roundedMillis(*site.roundTrip));
  if (site.clock)
    text += fmt::format(", ± {:.2f} ms, at worst ± {:.2f}", roundedMillis(site.clock->likelyError),
                        roundedMillis(site.clock->bound));
  if (!site.isInSession) text += ", not in our session yet";
  return text;
}

} // namespace

std::string bridgeJoinedJson(HostTime at, const std::string& room, const std::string& name)
{
  return jsonText({{"event", "joined"}, {"t", microsOf(at)}, {"room", room}, {"name", name}});
}

std::string bridgeJson(HostTime at, const bridge::Snapshot& snapshot)
{
  Json sites = Json::array();
  for (const auto& site : snapshot.sites) sites.push_back(jsonOf(site));
  return jsonText({{"t", microsOf(at)},
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
  return jsonText({{"event", "channels"},
                   {"t", microsOf(at)},
                   {"offered", std::move(offered)},
                   {"published", std::move(published)}});
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
