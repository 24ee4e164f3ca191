#include <Standstill.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <latch>
#include <thread>
#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Priority.hpp>

#include "Bench.hpp"
#include "ForwarderStage.hpp"
#include "Hammer.hpp"
#include "Plot.hpp"

namespace tutti::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kRooms = 16;
constexpr std::size_t kMembers = 8; // each packet goes to seven others
constexpr unsigned kForwarderProcessor = 0;

unsigned musiciansProcessor() // who have machines of their own
{
  return std::thread::hardware_concurrency() > 1 ? 1 : kForwarderProcessor;
}

/// One packet, by one member after the other, so many nanoseconds apart; zero: as quickly as they can. While
/// they wait the system may do its own share of the network's work.
auto playing(ForwarderStage& stage, std::int64_t apart)
{
  return [&stage, apart, next = nanos(), i = std::size_t{0}]() mutable {
    if (i == 0) test::stayOn(musiciansProcessor());
    constexpr std::int64_t kLate = 100'000; // ns: what a busy machine held up is not played in one burst
    if (nanos() - next > kLate) next = nanos();
    while (nanos() < next) std::this_thread::yield();
    stage.play(i % stage.members.size());
    stage.members[(i + 64) % stage.members.size()].receive();
    next += apart;
    ++i;
  };
}

struct Passage {
  HostTime came, left; ///< the kernel's time of arrival, and the end of the call that sent
};

struct Work {
  std::vector<Passage> passages;
  std::size_t sent = 0;
  double busySeconds = 0;
  double seconds = 0;

  [[nodiscard]] double packetsPerBusySecond() const { return static_cast<double>(sent) / busySeconds; }
};

/// As the forwarder's own thread does it, with players so far apart. There is room for its notes before
/// anybody plays: to make some meanwhile would hold up what it measures.
Work forward(ForwarderStage& stage, std::int64_t apart, Micros howLong)
{
  Work work;
  constexpr std::size_t kMostPerSecond = 500'000;
  work.passages.resize(kMostPerSecond * static_cast<std::size_t>(howLong / 1s + 1));
  auto note = work.passages.begin();
  std::latch ready{1};
  std::thread thread{[&] {
    test::stayOn(kForwarderProcessor);
    static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
    std::vector<net::Outgoing> out;
    const net::Doorbell bell;
    ready.count_down();
    const auto began = nanos();
    const auto used = threadNanos();
    for (const auto end = time::HostClock::now() + howLong; time::HostClock::now() < end;) {
      bell.waitUntil(end, stage.forwarder.descriptor());
      constexpr std::size_t kSlice = 8; // as serve::ForwarderThread cuts a batch
      for (auto batch = stage.forwarder.receive(); !batch.empty();
           batch = batch.subspan(std::min(kSlice, batch.size()))) {
        const auto slice = batch.first(std::min(kSlice, batch.size()));
        out.clear();
        stage.desk.forwarder.receive(slice, time::HostClock::now(), out);
        work.sent += stage.forwarder.send(out);
        const auto left = time::HostClock::now();
        for (const auto& packet : slice)
          if (note != work.passages.end()) *note++ = {packet.at, left};
      }
    }
    work.busySeconds = static_cast<double>(threadNanos() - used) / 1e9;
    work.seconds = static_cast<double>(nanos() - began) / 1e9;
  }};
  ready.wait();
  const Hammer players{playing(stage, apart)};
  thread.join();
  work.passages.erase(note, work.passages.end());
  return work;
}

/// What this core does while there is always something to do, and the musicians are on another one.
double mostPacketsPerSecond()
{
  ForwarderStage stage{kRooms, kMembers};
  return forward(stage, 0, 800ms).packetsPerBusySecond();
}

/// In microseconds.
double longest(const test::Standstill& machine)
{
  double most = 0;
  for (const auto& [from, to] : machine.spans())
    most = std::max(most, static_cast<double>((to - from).count()));
  return most;
}

/// Plays at this share of `most` and tells how long packets took. Returns the 99th percentile, in
/// microseconds, of those that met no standstill of the machine.
double measureAt(Report& report, const std::string& name, double share, double most, Micros howLong)
{
  ForwarderStage stage{kRooms, kMembers};
  test::Standstill forwarders{kForwarderProcessor};
  test::Standstill others{musiciansProcessor()};
  const auto apart = static_cast<std::int64_t>(1e9 * (kMembers - 1) / (share * most));
  const auto work = forward(stage, apart, howLong);
  forwarders.end();
  others.end();
  std::vector<double> all, undisturbed;
  for (const auto& [came, left] : work.passages) {
    all.push_back(static_cast<double>((left - came).count()));
    if (!forwarders.touches(came, left) && !others.touches(came, left)) undisturbed.push_back(all.back());
  }
  report.value(name + ".load", "packets out a second, then", "1/s",
               static_cast<double>(work.sent) / work.seconds);
  report.value(name + ".busy", "of its processor is what forwarding takes", "%",
               100 * work.busySeconds / work.seconds);
  if (forwarders.isSharp() && others.isSharp()) {
    report.value(name + ".disturbed", "of the packets met a machine that stood still", "%",
                 100 - 100 * static_cast<double>(undisturbed.size()) / static_cast<double>(all.size()));
    report.value(name + ".standstill", "for which the machine stood still at the longest", "us",
                 std::max(longest(forwarders), longest(others)));
    report.distribution(name + ".undisturbed", "from arrival to leaving, without these", undisturbed, "us");
  }
  report.distribution(name, "from arrival to leaving, seven receivers each", std::move(all), "us");
  return undisturbed.empty() ? 0 : quantile(std::move(undisturbed), 0.99);
}

void measureDelay(Report& report)
{
  const auto most = mostPacketsPerSecond();
  std::this_thread::sleep_for(2s); // urgent threads get 95 % of each second, and that took most of one
  report.value("serve.delay.most", "packets out a second of a core that always has some", "1/s", most);
  std::vector<std::pair<double, double>> curve;
  for (const auto percent : {10, 25, 50, 75}) { // with more, the system takes urgent threads away at times
    const auto name = fmt::format("serve.delay.{}", percent);
    curve.emplace_back(percent, measureAt(report, name, percent / 100.0, most, percent == 50 ? 4s : 2s));
  }
  plot("serve-delay", "What the forwarder adds to the delay, 99th percentile",
       "load, % of what a core forwards", "us", curve);
}

const Registered kDelay{"serve.delay", measureDelay};

} // namespace
} // namespace tutti::bench
