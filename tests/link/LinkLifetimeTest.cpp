// Link objects that come and go, share a context, and are used from all threads at once.
#include <array>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <atomic>
#include <memory>
#include <thread>

#include "LinkPair.hpp"

using namespace tutti;
using namespace tutti::test;

namespace {

/// Everything that was asked of it before has been done. Nobody may use it meanwhile.
void settle(Link& link, double bpm)
{
  const auto isHeard = std::make_shared<std::atomic<bool>>(false);
  link.onTempo([=](Tempo tempo) {
    if (std::floor(tempo.bpm()) == bpm) *isHeard = true;
  });
  auto word = bpm;
  REQUIRE(eventually([&] {
    auto state = link.captureAudio();
    state.setTempo(Tempo::fromBpm(word += 0.0001),
                   HostClock::now()); // a word from before joining is not heard
    link.commitAudio(state);
    return isHeard->load();
  }));
}

} // namespace

TEST_CASE("Twenty joins in a row leave nothing behind")
{
  if (!isAlone()) return;
  Link first{100_bpm, kLoopback};
  first.enable();
  REQUIRE(eventually([&] { return isOpen(first); }));
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    Link guest{140_bpm, kLoopback};
    guest.enable();
    REQUIRE(eventually([&] { return haveMet(first, guest); }));
  }
  CHECK(eventually([&] { return first.peerCount() == 0 && first.status().peers.empty(); }));
}

TEST_CASE("Several Link objects share a context of the caller's")
{
  if (!isAlone()) return;
  asio::io_context context;
  auto work = asio::make_work_guard(context);
  std::thread thread{[&] { context.run(); }};
  {
    Link first{100_bpm, kLoopback, context};
    Link second{140_bpm, kLoopback, context};
    first.enable();
    second.enable();
    CHECK(eventually([&] { return haveMet(first, second); }));
  }
  work.reset();
  thread.join();
}

TEST_CASE("A Link object that is made and dropped at once leaves quietly")
{
  if (!isAlone()) return;
  for (int i = 0; i < 30; ++i) {
    Link link{100_bpm, kLoopback};
    if (i % 3 != 0) link.enable();
    if (i % 3 == 2) link.disable();
  }
  SUCCEED();
}

TEST_CASE("All threads at once, and in the end everybody agrees")
{
  if (!isAlone()) return;
  constexpr int kRounds = 300;
  Link first{100_bpm, kLoopback};
  Link second{140_bpm, kLoopback};
  first.enable();
  second.enable();
  std::atomic<bool> isOver = false;
  std::atomic<int> calls = 0;

  const auto callback = [&](Link& link) {
    for (int block = 0; !isOver; ++block) {
      auto state = link.captureAudio();
      const auto now = HostClock::now();
      if (state.phaseAtTime(now, 4_beats) >= 4_beats) calls = -1'000'000'000;
      if (block % 50 == 0) state.setTempo(Tempo::fromBpm(60 + block / 50 % 100), now);
      if (block % 70 == 0 && state.isPlaying())
        state.stopPlaying(now);
      else if (block % 70 == 0)
        state.startPlayingAndRequestBeat(now, 0_beats, 4_beats);
      link.commitAudio(state);
      std::this_thread::yield();
    }
  };
  const auto app = [&](Link& link, int odd) {
    for (int round = 0; round < kRounds; ++round) {
      setTempo(link, 70 + (2 * round + odd) % 150);
      if (round % 5 == 0) setPlaying(link, round % 2 == 0);
      if (round % 7 == 0) link.onTempo([&](Tempo) { ++calls; });
      if (round % 11 == 0) link.followStartStop();
      if (round % 11 == 5) link.ignoreStartStop();
      if (round % 20 == 10) link.disable();
      if (round % 20 == 12) link.enable();
      if (link.status().peers.size() > 1000) calls = -1'000'000'000;
      if (link.isEnabled() && link.followsStartStop() && link.peerCount() > 1000) calls = -1'000'000'000;
      std::this_thread::yield();
    }
    link.enable();
  };
  {
    std::array threads{std::thread{callback, std::ref(first)}, std::thread{callback, std::ref(second)},
                       std::thread{app, std::ref(first), 0}, std::thread{app, std::ref(second), 1}};
    threads[2].join();
    threads[3].join();
    isOver = true;
    threads[0].join();
    threads[1].join();
  }
  CHECK(calls > 0);
  settle(first, 201);
  settle(second, 202);
  REQUIRE(eventually([&] { return haveMet(first, second); }));
  setTempo(first, 123);
  CHECK(eventually([&] { return isAbout(first, 123) && isAbout(second, 123); }));
  CHECK(eventually([&] {
    return std::abs(first.captureAudio().tempo().bpm() - 123) < 0.01 &&
           std::abs(second.captureAudio().tempo().bpm() - 123) < 0.01;
  }));
  CHECK(eventually([&] { return apart(first, second) < 0.002_beats; }));
}
