// What sites that bridge Link cost their LANs and the way between them, in simulated time.
#include "Bench.hpp"
#include "Plot.hpp"
#include "World.hpp"

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tutti::bench {
namespace {

using bridge::test::World;
using namespace std::chrono_literals;

constexpr std::size_t kPrograms = 3; // at each site
constexpr int kSeconds = 60;

struct Traffic {
  double lan = 0;  ///< datagrams a second on one LAN, whoever says them
  double room = 0; ///< messages a second that one bridge says to the room
};

std::pair<std::uint64_t, std::uint64_t> said(const World& world)
{
  std::pair<std::uint64_t, std::uint64_t> sum;
  for (const auto& program : world.programs()) sum.first += program->datagrams();
  for (const auto& bridge : world.bridges()) {
    sum.first += bridge->datagrams();
    sum.second += bridge->messages();
  }
  return sum;
}

Traffic trafficOf(std::size_t sites)
{
  World world{sites};
  world.populate(sites, kPrograms);
  if (!world.meet()) throw std::runtime_error{"the sites did not become one session"};
  world.run(10s);
  const auto before = said(world);
  world.run(std::chrono::seconds{kSeconds});
  const auto after = said(world);
  const auto each = static_cast<double>(kSeconds) * static_cast<double>(sites);
  return {static_cast<double>(after.first - before.first) / each,
          static_cast<double>(after.second - before.second) / each};
}

void measureSites(Report& report)
{
  std::vector<std::pair<double, double>> lan{{0, 0}};
  std::vector<std::pair<double, double>> room{{0, 0}};
  for (const auto sites : {1U, 2U, 4U, 8U}) {
    const auto traffic = trafficOf(sites);
    lan.emplace_back(sites, traffic.lan);
    room.emplace_back(sites, traffic.room);
    const auto what = fmt::format("{} sites with {} programs each", sites, kPrograms);
    report.value(fmt::format("bridge.sites.lan.{}", sites), what + ", on each LAN", "1/s", traffic.lan);
    report.value(fmt::format("bridge.sites.room.{}", sites), what + ", from each bridge", "1/s",
                 traffic.room);
  }
  plot("bridge-sites-lan", "Link datagrams a second on each LAN, three programs at each site", "sites",
       "datagrams/s", lan);
  plot("bridge-sites-room", "Messages a second from each bridge to the room", "sites", "messages/s", room);
}

const Registered kSites{"bridge.sites", measureSites};

} // namespace
} // namespace tutti::bench
