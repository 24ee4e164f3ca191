#include <Catch.hpp>
#include <atomic>
#include <thread>
#include <tutti/time/AudioClock.hpp>
#include <vector>

#include "SimulatedDevice.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using test::SimulatedDevice;
using time::AudioClock;

namespace {

constexpr double kLateness = 20;             // µs, mean
constexpr double kTolerance = 8 * kLateness; // a young line has seen only some blocks
constexpr int kSettled = 600;                // blocks, more than the filter's window
constexpr int kRecovered = 8;                // blocks

/// The device and the clock that listens to it.
struct Play {
  SimulatedDevice device;
  AudioClock clock;

  Play(const SimulatedDevice::Setup& setup, std::uint64_t seed)
    : device{setup, seed}
  {}

  /// How far the next block is off, in µs.
  double error()
  {
    const auto block = device.next();
    return static_cast<double>(microsOf(clock.blockAt(block.first, block.woken))) - block.due;
  }
  double worstOf(int blocks)
  {
    double worst = 0;
    for (int i = 0; i < blocks; ++i) worst = std::max(worst, std::abs(error()));
    return worst;
  }
  void settle() { worstOf(kSettled); }
};

SimulatedDevice::Setup quiet()
{
  return {.rate = 48'000, .block = 64, .lateness = kLateness, .burst = 1};
}

} // namespace

TEST_CASE("On a device without jitter each block is where it is due")
{
  for (const auto rate : {44'100.0, 48'000.0, 96'000.0, 192'000.0}) {
    for (const auto block : {16, 64, 480, 2048}) {
      CAPTURE(rate, block);
      Play play{{.rate = rate, .block = block, .lateness = 0, .burst = 1}, 1};
      CHECK(play.worstOf(2000) <= 1.5); // two roundings to whole microseconds
    }
  }
}

TEST_CASE("Late wake-ups average out to their mean")
{
  for (const auto seed : {2U, 3U, 4U}) {
    CAPTURE(seed);
    constexpr double kHeavy = 300;
    Play play{{.rate = 48'000, .block = 64, .lateness = kHeavy, .burst = 1}, seed};
    play.settle();
    for (int i = 0; i < 5000; ++i) REQUIRE(std::abs(play.error() - kHeavy) < kHeavy / 2);
  }
}

TEST_CASE("A device that drifts is followed")
{
  for (const auto ppm : {-500.0, -50.0, 50.0, 500.0}) {
    CAPTURE(ppm);
    auto setup = quiet();
    setup.rate *= 1 + ppm * 1e-6;
    Play play{setup, 5};
    play.settle();
    CHECK(play.worstOf(100'000) < 2 * kLateness);
  }
}

TEST_CASE("An xrun of any length is over after some blocks")
{
  // 0.5 ms to 10 s; one lost block of 64 frames is 1.3 ms.
  for (const auto lost :
       {500.0, 1'333.0, 1'900.0, 5'000.0, 21'333.0, 100'000.0, 499'000.0, 700'000.0, 10e6}) {
    for (const auto block : {64, 256, 1024}) {
      CAPTURE(lost, block);
      auto setup = quiet();
      setup.block = block;
      Play play{setup, 6};
      play.settle();
      play.device.loseTime(lost);
      CHECK(play.worstOf(kRecovered) <= lost + kTolerance);
      CHECK(play.worstOf(1000) < kTolerance);
    }
  }
}

TEST_CASE("A counter that runs backwards or leaps is believed after some blocks")
{
  for (const auto leap : {INT64_C(-1'000'000'000'000), INT64_C(-48'000), INT64_C(-64), INT64_C(64),
                          INT64_C(1'024), INT64_C(48'000), INT64_C(1'000'000'000'000)}) {
    CAPTURE(leap);
    Play play{quiet(), 7};
    play.settle();
    play.device.setCounter(play.device.counter() + leap);
    play.worstOf(kRecovered);
    CHECK(play.worstOf(1000) < kTolerance);
  }
}

TEST_CASE("A counter that begins again is believed at once")
{
  Play play{quiet(), 8};
  play.settle();
  play.device.setCounter(0);
  CHECK(play.worstOf(1000) < kTolerance);
}

TEST_CASE("Host time that leaps either way is believed at once")
{
  for (const auto leap : {-3'000e6, -1e6, 1e6, 86'400e6}) {
    CAPTURE(leap);
    Play play{quiet(), 9};
    play.settle();
    play.device.leapInTime(leap);
    CHECK(play.worstOf(1000) < kTolerance);
  }
}

TEST_CASE("Callbacks that oversleep and catch up do not bend the line")
{
  for (const auto late : {1'000.0, 10'000.0, 40'000.0}) {
    CAPTURE(late);
    Play play{quiet(), 10};
    play.settle();
    for (int round = 0; round < 50; ++round) {
      play.device.oversleep(late);
      REQUIRE(play.worstOf(300) < kTolerance);
    }
  }
}

TEST_CASE("Blocks that come in bursts are spread evenly")
{
  // Our 64 frames on a server of 128 to 1024: up to 16 callbacks at once, then a long silence.
  for (const auto burst : {2, 4, 16}) {
    CAPTURE(burst);
    auto setup = quiet();
    setup.burst = burst;
    Play play{setup, 11};
    for (int i = 0; i < 5 * kSettled; ++i) play.error();
    const auto middle = 0.5 * (burst - 1) * setup.block * 1e6 / setup.rate; // the mean block waits that long
    for (int i = 0; i < 5000; ++i) REQUIRE(std::abs(play.error() - middle) < 1'000);
  }
}

TEST_CASE("A new rate is followed by itself, and at once after a reset")
{
  Play unaware{quiet(), 12};
  unaware.settle();
  unaware.device.setRate(44'100);
  unaware.worstOf(2 * kRecovered);
  CHECK(unaware.worstOf(1000) < kTolerance);

  Play told{quiet(), 13};
  told.settle();
  told.device.setRate(44'100);
  told.clock.reset();
  CHECK(told.worstOf(1000) < kTolerance);
}

TEST_CASE("Latency and trim are added to each block from then on")
{
  AudioClock plain;
  AudioClock shifted;
  SimulatedDevice device{quiet(), 14};
  const auto distance = [&] {
    const auto block = device.next();
    const auto at = plain.blockAt(block.first, block.woken);
    return shifted.blockAt(block.first, block.woken) - at;
  };
  CHECK(distance() == 0us);
  shifted.setOutputLatency(5'333us);
  CHECK(distance() == 5'333us);
  shifted.setTrim(-6ms);
  CHECK(distance() == -667us);
  shifted.reset();
  plain.reset();
  CHECK(distance() == -667us);
  shifted.setOutputLatency(0us);
  shifted.setTrim(0us);
  CHECK(distance() == 0us);
}

TEST_CASE("Counters from another world do no harm")
{
  const std::vector<std::int64_t> extremes{INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
  AudioClock clock;
  clock.setOutputLatency(Micros{INT64_MAX});
  clock.setTrim(Micros{INT64_MAX});
  test::Dice dice{15};
  for (int i = 0; i < 20'000; ++i) {
    const auto any = [&] { return extremes[static_cast<std::size_t>(dice.whole(0, 6))]; };
    clock.blockAt({any()}, hostTime(any()));
    clock.blockAt({dice.anyWhole()}, hostTime(dice.anyWhole()));
  }
  // And once the numbers are sane again, so is the clock.
  clock.setOutputLatency(0us);
  clock.setTrim(0us);
  SimulatedDevice device{quiet(), 16};
  for (int i = 0; i < 1000; ++i) {
    const auto block = device.next();
    const auto at = clock.blockAt(block.first, block.woken);
    if (i >= kRecovered) REQUIRE(std::abs(static_cast<double>(microsOf(at)) - block.due) < kTolerance);
  }
}

TEST_CASE("Settings change while the callback runs")
{
  AudioClock clock;
  std::atomic<bool> isOver = false;
  std::thread musician{[&] {
    for (std::int64_t i = 0; !isOver; ++i) {
      clock.setOutputLatency(Micros{i % 100});
      clock.setTrim(Micros{-(i % 100)});
      if (i % 1000 == 0) clock.reset();
    }
  }};
  SimulatedDevice device{quiet(), 17};
  double worst = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto block = device.next();
    worst = std::max(
      worst, std::abs(static_cast<double>(microsOf(clock.blockAt(block.first, block.woken))) - block.due));
  }
  isOver = true;
  musician.join();
  CHECK(worst < kTolerance + 10 * kLateness +
                  200); // a single block is as late as it is, and latency plus trim < 100 µs
}
