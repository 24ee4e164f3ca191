// What a room full of Link programs costs the network, in simulated time.
#include "Bench.hpp"
#include "LinkLan.hpp"
#include "Plot.hpp"

#include <chrono>
#include <fmt/format.h>

namespace tutti::bench {
namespace {

using link::test::LinkLan;
using namespace std::chrono_literals;

tutti::test::SimulatedWire wifi()
{
  tutti::test::SimulatedWire wire;
  wire.delay = 1'000;
  wire.paretoJitter = 3'000;
  wire.loss = 0.02;
  wire.unicastIsRetried = true;
  return wire;
}

double datagramsPerSecond(std::size_t nodes)
{
  LinkLan lan{nodes, wifi()};
  for (std::size_t i = 0; i < nodes; ++i) {
    lan.add(120).enable();
    lan.run(100ms);
  }
  lan.run(5s);
  const auto before = lan.datagramsSent();
  lan.run(5s);
  return static_cast<double>(lan.datagramsSent() - before) / 5;
}

void measureMessages(Report& report)
{
  std::vector<std::pair<double, double>> points{{0, 0}};
  for (const auto nodes : {2U, 5U, 10U, 20U, 40U, 70U, 100U}) {
    const auto rate = datagramsPerSecond(nodes);
    points.emplace_back(static_cast<double>(nodes), rate);
    report.value(fmt::format("link.lan.messages.{}", nodes),
                 fmt::format("{} programs on one simulated Wi-Fi", nodes), "1/s", rate);
  }
  plot("link-lan-messages", "Datagrams a second on one LAN, everyone in one session", "Link programs",
       "datagrams/s", points);
}

const Registered kMessages{"link.lan.messages", measureMessages};

} // namespace
} // namespace tutti::bench
