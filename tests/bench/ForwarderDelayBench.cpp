#include <Standstill.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <map>
#include <span>
#include <thread>
#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Priority.hpp>

#include "Bench.hpp"
#include "ForwarderStage.hpp"
#include "Plot.hpp"

namespace tutti::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kRooms = 16;
constexpr std::size_t kMembers = 8; // each packet goes to seven others
constexpr unsigned kForwarders = 0;

unsigned musicians() // who have machines of their own
{
  return std::thread::hardware_concurrency() > 1 ? 1 : kForwarders;
}

/// Packets by one member after the other, so many nanoseconds apart; zero: as quickly as they can.
class Players {
public:
  Players(ForwarderStage& stage, std::int64_t apart)
    : thread_{[this, &stage, apart] { play(stage, apart); }}
  {}
  ~Players()
  {
    isOver_ = true;
    thread_.join();
  }
  Players(const Players&) = delete;
  Players& operator=(const Players&) = delete;

private:
  void play(ForwarderStage& stage, std::int64_t apart) const
  {
    test::stayOn(musicians());
    auto next = nanos();
    constexpr std::int64_t kLate = 100'000; // ns: what a busy machine held up is not played in one burst
    for (std::size_t i = 0; !isOver_; ++i, next += apart) {
      if (nanos() - next > kLate) next = nanos();
      while (nanos() < next)
        if (next - nanos() > 60'000) std::this_thread::yield();
      stage.play(i % stage.members.size());
      stage.members[(i + 64) % stage.members.size()].receive();
    }
  }

  std::atomic<bool> isOver_ = false;
  std::thread thread_;
};

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

/// As the forwarder's own thread does it. Its notes have room before it begins: to make some meanwhile would
/// hold up what it measures.
Work forward(ForwarderStage& stage, Micros howLong)
{
  Work work;
  constexpr std::size_t kMostPerSecond = 500'000;
  work.passages.resize(kMostPerSecond * static_cast<std::size_t>(howLong / 1s + 1));
  auto note = work.passages.begin();
  std::thread thread{[&] {
    test::stayOn(kForwarders);
    static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
    std::vector<net::Outgoing> out;
    const net::Doorbell bell;
    const auto began = nanos();
    const auto used = threadNanos();
    for (const auto end = time::HostClock::now() + howLong; time::HostClock::now() < end;) {
      bell.waitUntil(end, stage.forwarder.descriptor());
      constexpr std::size_t kSlice = 8; // as well
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
  thread.join();
  work.passages.erase(note, work.passages.end());
  return work;
}

/// What this core does while there is always something to do, and the musicians are on another one.
double mostPacketsPerSecond()
{
  ForwarderStage stage{kRooms, kMembers};
  const Players players{stage, 0};
  return forward(stage, 800ms).packetsPerBusySecond(); // the system takes urgent threads away after 950
}

/// Whether a packet waited because the machine stood still: in the time in which the forwarder worked without
/// a pause, from the first packet that it did not find waiting, some processor did.
std::vector<bool> heldUp(const std::vector<Passage>& passages,
                         std::span<const test::Standstill* const> machine)
{
  std::vector<bool> held(passages.size());
  for (std::size_t first = 0, end = 0; first < passages.size(); first = end) {
    for (end = first + 1; end < passages.size() && passages[end].came < passages[end - 1].left;) ++end;
    const bool isHeld = std::ranges::any_of(machine, [&](const test::Standstill* processor) {
      return processor->touches(passages[first].came, passages[end - 1].left);
    });
    std::fill(held.begin() + static_cast<std::ptrdiff_t>(first),
              held.begin() + static_cast<std::ptrdiff_t>(end), isHeld);
  }
  return held;
}

/// Plays at this share of `most` and tells how long packets took. Returns the 99th percentile, in
/// microseconds, of those that no standstill of the machine held up.
double measureAt(Report& report, const std::string& name, double share, double most, Micros howLong)
{
  ForwarderStage stage{kRooms, kMembers};
  test::Standstill forwarders{kForwarders};
  test::Standstill others{musicians()};
  const auto work = [&] {
    const Players players{stage, static_cast<std::int64_t>(1e9 * (kMembers - 1) / (share * most))};
    return forward(stage, howLong);
  }();
  forwarders.end();
  others.end();
  const auto held = heldUp(work.passages, std::array<const test::Standstill*, 2>{&forwarders, &others});
  std::vector<double> all, undisturbed;
  for (std::size_t i = 0; i < work.passages.size(); ++i) {
    all.push_back(static_cast<double>((work.passages[i].left - work.passages[i].came).count()));
    if (!held[i]) undisturbed.push_back(all.back());
  }
  report.value(name + ".load", "packets out a second, then", "1/s",
               static_cast<double>(work.sent) / work.seconds);
  report.value(name + ".busy", "of its processor is what forwarding takes", "%",
               100 * work.busySeconds / work.seconds);
  if (forwarders.isSharp() && others.isSharp()) {
    report.value(name + ".disturbed", "of the packets waited because the machine stood still", "%",
                 100 - 100 * static_cast<double>(undisturbed.size()) / static_cast<double>(all.size()));
    report.distribution(name + ".undisturbed", "from arrival to leaving, without these", undisturbed, "us");
  }
  report.distribution(name, "from arrival to leaving, seven receivers each", std::move(all), "us");
  std::ranges::sort(undisturbed);
  return undisturbed.empty() ? 0 : quantile(undisturbed, 0.99);
}

void measureDelay(Report& report)
{
  const auto most = mostPacketsPerSecond();
  report.value("serve.delay.most", "packets out a second of a core that always has some", "1/s", most);
  std::map<double, double> curve;
  for (const auto percent : {50, 10, 25, 75, 90}) { // what tires the machine comes last
    const auto name = fmt::format("serve.delay.{}", percent);
    curve[percent] = measureAt(report, name, percent / 100.0, most, percent == 50 ? 4s : 2s);
  }
  plot("serve-delay", "What the forwarder adds to the delay, 99th percentile",
       "load, % of what a core forwards", "us", {curve.begin(), curve.end()});
}

const Registered kDelay{"serve.delay", measureDelay};

} // namespace
} // namespace tutti::bench
