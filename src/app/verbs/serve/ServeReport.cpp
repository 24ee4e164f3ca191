#include "ServeReport.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

#include <tutti/core/Base64.hpp>

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;

std::string line(const Json& object)
{
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string url(const serve::Host& host)
{
  const auto address = host.address();
  return address.find(':') == std::string::npos ? fmt::format("https://{}:{}", address, host.httpPort())
                                                : fmt::format("https://[{}]:{}", address, host.httpPort());
}

std::uint64_t sum(const std::array<std::uint64_t, serve::kDropReasons>& counts)
{
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

} // namespace

std::string listeningJson(const serve::Host& host)
{
  return line({{"event", "listening"},
               {"http", url(host)},
               {"udp", host.udpPort()},
               {"fingerprint", toBase64(host.fingerprint())}});
}

std::string roomJson(const std::string& name, const std::string& invite, const std::string& hostInvite)
{
  return line({{"event", "room"}, {"name", name}, {"invite", invite}, {"hostInvite", hostInvite}});
}

std::string secondJson(const ServeSecond& second)
{
  const auto& counters = second.now.forwarder;
  Json dropped;
  for (std::size_t i = 0; i < counters.dropped.size(); ++i)
    dropped[std::string{serve::nameOf(static_cast<serve::Drop>(i))}] = counters.dropped[i];
  Json delay; // null: nothing was forwarded
  if (second.now.delayP99) delay = second.now.delayP99->count();
  return line({{"event", "second"},
               {"t", microsOf(second.at)},
               {"rooms", second.now.rooms},
               {"members", second.now.members},
               {"packetsIn", counters.packetsIn},
               {"packetsOut", counters.packetsOut},
               {"bytesIn", counters.bytesIn},
               {"bytesOut", counters.bytesOut},
               {"dropped", dropped},
               {"cpu", std::round(second.cpuShare * 1e4) / 1e4},
               {"delayP99Us", delay}});
}

std::string listeningText(const serve::Host& host)
{
  return fmt::format("Rooms are served at {}, media on UDP port {}.", url(host), host.udpPort());
}

std::string roomText(const std::string& name, const std::string& invite, const std::string& hostInvite)
{
  return fmt::format("Room '{}': {}\nFor you alone, to join as its host, who locks, mutes and sends away: {}",
                     name, invite, hostInvite);
}

std::string secondText(const ServeSecond& second, const serve::ForwarderCounters& before)
{
  const auto& now = second.now.forwarder;
  return fmt::format("{} rooms | {} members | {} packets in, {} out, {} dropped | cpu {:.1f} %",
                     second.now.rooms, second.now.members, now.packetsIn - before.packetsIn,
                     now.packetsOut - before.packetsOut, sum(now.dropped) - sum(before.dropped),
                     100 * second.cpuShare);
}

} // namespace tutti::app
