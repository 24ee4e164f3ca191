#include "ServeReport.hpp"

#include <cmath>
#include <fmt/format.h>
#include <numeric>

#include <tutti/core/Base64.hpp>
#include <tutti/room/Knock.hpp>
#include <tutti/serve/Connections.hpp>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;

std::string url(const serve::Host& host)
{
  const auto address = host.address();
  return address.find(':') == std::string::npos ? fmt::format("https://{}:{}", address, host.httpPort())
                                                : fmt::format("https://[{}]:{}", address, host.httpPort());
}

using Why = serve::Reach::Why;

/// What keeps others out.
std::string_view reasonOf(Why why)
{
  switch (why) {
  case Why::noRouter:
    return "this network leads nowhere";
  case Why::silent:
    return "the router does not open ports by itself";
  case Why::denied:
    return "the router is set up not to open ports for programs";
  case Why::full:
    return "the router has no port left";
  case Why::noLine:
    return "the router is not connected to the Internet now";
  case Why::behindAnother:
    return "the router is behind another one, often the provider's";
  case Why::blocked:
    return "nothing comes through from outside; a firewall or the provider may keep it out";
  case Why::none:
  case Why::unfit:
    break;
  }
  return "what the router offers is of no use here";
}

/// What lets them in.
std::string cureFor(const serve::Reach& reach)
{
  const auto forward = fmt::format("forward TCP port {} and UDP port {} to {}", reach.tcp, reach.udp,
                                   reach.own ? reach.own->text() : "this machine");
  switch (reach.why) {
  case Why::noRouter:
    return "Connect this machine to the Internet";
  case Why::noLine:
    return "Look whether the Internet works there";
  case Why::behindAnother:
    return fmt::format("In both routers, {}; or serve the room from a machine on the Internet", forward);
  case Why::blocked:
    return fmt::format(
      "Let TCP port {} and UDP port {} through the firewall; or serve the room from a machine "
      "on the Internet",
      reach.tcp, reach.udp);
  default:
    return fmt::format("In the router's settings, allow UPnP or PCP, or {}; or serve the room from a machine "
                       "on the Internet",
                       forward);
  }
}

std::uint64_t sum(const std::array<std::uint64_t, serve::kDropReasons>& counts)
{
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

} // namespace

std::string ownAddress(const serve::Host& host)
{
  return room::ServerAddress{host.address(), host.httpPort(), host.fingerprint()}.text();
}

std::string listeningJson(const serve::Host& host)
{
  return jsonText({{"event", "listening"},
                   {"http", url(host)},
                   {"udp", host.udpPort()},
                   {"fingerprint", toBase64(host.fingerprint())},
                   {"address", ownAddress(host)}});
}

std::string roomJson(const std::string& name, const std::string& invite, const std::string& hostInvite)
{
  return jsonText({{"event", "room"}, {"name", name}, {"invite", invite}, {"hostInvite", hostInvite}});
}

std::string reachJson(const serve::Reach& reach, const std::string& invite)
{
  const auto textOr = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  return jsonText({{"event", "reach"},
                   {"state", nameOf(reach.state)},
                   {"why", nameOf(reach.why)},
                   {"outside", reach.outside ? Json(reach.outside->text()) : Json()},
                   {"udpOutside", reach.outside ? Json(reach.udpOutside) : Json()},
                   {"tcp", reach.tcp},
                   {"udp", reach.udp},
                   {"invite", textOr(invite)},
                   {"testProblem", textOr(reach.testProblem)}});
}

std::string secondJson(const ServeSecond& second)
{
  const auto& counters = second.now.forwarder;
  Json dropped;
  for (std::size_t i = 0; i < counters.dropped.size(); ++i)
    dropped[std::string{serve::nameOf(static_cast<serve::Drop>(i))}] = counters.dropped[i];
  Json delay; // null: nothing was forwarded
  if (second.now.delayP99) delay = second.now.delayP99->count();
  return jsonText({{"event", "second"},
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
  return fmt::format(
    "Rooms are served at {}, media on UDP port {}.\nFor settings and --tested-by elsewhere: {}", url(host),
    host.udpPort(), ownAddress(host));
}

std::string roomText(const std::string& name, const std::string& invite, const std::string& hostInvite)
{
  return fmt::format("Room '{}': {}\nFor you alone, to join as its host, who locks, mutes and sends away: {}",
                     name, invite, hostInvite);
}

std::string reachText(const serve::Reach& reach, const std::string& invite)
{
  using State = serve::Reach::State;
  const auto forOthers = invite.empty() ? std::string{} : "\nFor those who are elsewhere: " + invite;
  switch (reach.state) {
  case State::asking:
    return "Asking the router to let others in...";
  case State::open:
    return fmt::format("Others get in from outside, at {}.{}", reach.outside->text(), forOthers);
  case State::untested:
    return fmt::format("The router lets others in, at {}; nobody outside has tried.{}{}",
                       reach.outside->text(), reach.testProblem.empty() ? "" : " " + reach.testProblem,
                       forOthers);
  case State::closed:
    break;
  }
  return fmt::format("Only this network gets in: {}. {}.", reasonOf(reach.why), cureFor(reach));
}

std::string fewConnectionsText(std::size_t files)
{
  using serve::Connections;
  return fmt::format(
    "The system allows {} open files, so {} connections instead of {}: more musicians than that "
    "do not get in. 'ulimit -Hn {}' or LimitNOFILE={} in its service file helps.\n",
    files, Connections::fitting(files), Connections::kMost, Connections::kMost + Connections::kOtherFiles,
    Connections::kMost + Connections::kOtherFiles);
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
