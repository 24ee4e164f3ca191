#include <OwnNetwork.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>
#include <tutti/link/Link.hpp>

#include "Bench.hpp"
#include "Hammer.hpp"

namespace tutti::bench {
namespace {

using namespace time::literals;
using link::Link;

/// A musician who turns the tempo without a pause, as fast as the network thread can follow.
class Restless {
public:
  explicit Restless(Link& link)
    : link_{link}
  {
    link_.onTempo([this](time::Tempo) { ++heard_; });
  }
  void operator()()
  {
    if (said_ > heard_ + kAhead) {
      std::this_thread::yield();
      return;
    }
    auto state = link_.captureApp();
    state.setTempo(++said_ % 2 == 0 ? 120_bpm : 121_bpm, time::HostClock::now());
    link_.commitApp(state);
  }

private:
  static constexpr std::int64_t kAhead = 64; // commits that may be under way: memory must not grow

  Link& link_;
  std::int64_t said_ = 0;
  std::atomic<std::int64_t> heard_ = 0;
};

void measureCapture(Report& report)
{
  Link link{120_bpm};
  Restless restless{link};
  const Hammer writer{[&] { restless(); }};
  const auto ask = [&] {
    const auto now = time::HostClock::now();
    const auto state = link.captureAudio();
    keep(state.beatAtTime(now, 4_beats));
    keep(state.phaseAtTime(now, 4_beats));
  };
  report.distribution(
    "link.capture",
    "captureAudio, beatAtTime, phaseAtTime, two clock reads; single calls, commitApp hammering",
    timed(1'000'000, 1, ask));
  auto each = timed(2'000, 1'000, ask);
  std::ranges::nth_element(each, each.begin() + 1'000);
  report.value("link.capture.rate", "the same without a pause, by the median of 2000 batches of 1000", "1/s",
               1e9 / each[1'000]);
}

bool isJoined(const Link& one, const Link& other)
{
  return one.peerCount() > 0 && other.peerCount() > 0 &&
         one.captureApp().current().session == other.captureApp().current().session;
}

/// From opening the sockets until both are of one session and count each other, in ms.
double join(const Link& founder, const Link::Options& options)
{
  constexpr auto kTooLong = std::int64_t{20'000'000'000}; // ns
  while (founder.peerCount() > 0) std::this_thread::yield();
  Link newcomer{90_bpm, options};
  const auto begin = nanos();
  newcomer.enable();
  while (!isJoined(founder, newcomer) && nanos() - begin < kTooLong) std::this_thread::yield();
  return static_cast<double>(nanos() - begin) / 1e6;
}

void measureJoins(Report& report)
{
  if (!test::enterOwnNetwork())
    std::fputs("tutti_bench: no network of its own here; link.join shares loopback with others\n", stderr);
  const Link::Options loopback{.interfaces = {"lo"}};
  Link founder{120_bpm, loopback};
  founder.enable();
  std::vector<double> joins;
  for (int i = 0; i < 20; ++i) joins.push_back(join(founder, loopback));
  report.distribution("link.join", "from open sockets to a common session, on loopback, 20 joins", joins,
                      "ms");
}

const Registered kCapture{"link.capture", measureCapture};
const Registered kJoin{
  "link.join", [](Report& report) {
    std::thread{[&] { measureJoins(report); }}.join(); // only this thread leaves the network
  }};

} // namespace
} // namespace tutti::bench
