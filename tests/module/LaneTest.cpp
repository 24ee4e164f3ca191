#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>
#include <utility>

#include <tutti/audio/SampleFormat.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;
using test::BothEnds;
using test::Stage;

namespace {

/// Another number for each frame and channel, none of them loud.
float mark(std::size_t channel, std::int64_t frame)
{
  return static_cast<float>(1 + frame % 4096) / 8192.0F + (channel == 0 ? 0.0F : 1.0F);
}

Stage marked(std::size_t channels = 2)
{
  Stage stage{.inputs = channels, .outputs = channels};
  stage.played = mark;
  return stage;
}

float same(float sample)
{
  return sample;
}

void play(Stage& stage, BothEnds& ends, std::size_t frames)
{
  stage.play(frames, [&](const patch::Rendering& rendering) { ends.host.render(rendering, ends.curtain); });
}

constexpr std::size_t kFade = 48;

/// Where the marks are heard again, once the curtain is open.
bool isHeardAfter(const Stage& stage, std::int64_t delay, std::size_t from)
{
  for (std::size_t channel = 0; channel < stage.heard.size(); ++channel)
    for (std::size_t i = from; i < stage.heard[channel].size(); ++i)
      if (stage.heard[channel][i] != mark(channel, static_cast<std::int64_t>(i) - delay)) return false;
  return true;
}

bool isHarmless(const Stage& stage)
{
  for (const auto& channel : stage.heard)
    for (const float sample : channel)
      if (!(std::abs(sample) <= audio::kLargestSample)) return false;
  return true;
}

} // namespace

TEST_CASE("What goes to a process is heard exactly one block later")
{
  for (const std::uint32_t frames : {16U, 64U, 256U, 2048U}) {
    Stage stage = marked();
    BothEnds ends{LaneShape::of(2, 2, frames)};
    for (int i = 0; i < 40; ++i) {
      play(stage, ends, frames);
      ends.answerAll(same);
    }
    CHECK(ends.host.delay().frames == frames);
    CHECK(isHeardAfter(stage, frames, frames + kFade));
    CHECK(ends.health.late == 0);
  }
}

TEST_CASE(
  "Whatever the blocks of device and process, nothing is lost or doubled, and the delay is the least that is "
  "possible")
{
  for (const std::uint32_t block : {16U, 48U, 64U, 100U, 256U, 1024U})
    for (const std::size_t device : {16U, 64U, 128U, 441U, 1000U, 2048U}) {
      CAPTURE(block, device);
      Stage stage = marked();
      BothEnds ends{LaneShape::of(2, 2, block)};
      for (std::size_t i = 0; i < 20'000 / device; ++i) {
        play(stage, ends, device);
        ends.answerAll(same);
      }
      const auto least = static_cast<std::int64_t>(device + block - std::gcd(device, std::size_t{block}));
      CHECK(ends.host.delay().frames == least);
      REQUIRE(ends.health.late == 0);
      REQUIRE(isHeardAfter(stage, least, static_cast<std::size_t>(least) + kFade));
    }
}

TEST_CASE("A device that changes its blocks while it plays loses nothing once the delay has found its place")
{
  test::Dice dice{7};
  Stage stage = marked();
  BothEnds ends{LaneShape::of(2, 2, 64)};
  std::int64_t delay = 0;
  std::size_t grewAt = 0;
  for (int i = 0; i < 4000; ++i) {
    play(stage, ends, static_cast<std::size_t>(dice.whole(1, 200)));
    ends.answerAll(same);
    if (std::exchange(delay, ends.host.delay().frames) != delay) grewAt = stage.heard[0].size();
  }
  CHECK(delay <= 200 + 63);
  CHECK(ends.health.late == 0);
  CHECK(isHeardAfter(stage, delay, grewAt + kFade));
}

TEST_CASE("An allowance is more delay by as many blocks, and as many answers may be under way")
{
  Stage stage = marked();
  BothEnds ends{LaneShape::of(2, 2, 64), 2};
  for (int i = 0; i < 100; ++i) {
    play(stage, ends, 64);
    if (i % 3 == 2) ends.answerAll(same); // three at once
  }
  CHECK(ends.host.delay().frames == 3 * 64);
  CHECK(ends.health.late == 0);
  CHECK(isHeardAfter(stage, 3 * 64, 3 * 64 + kFade));
}

TEST_CASE("A late answer is silence that comes and goes without a click, and the next one is heard again")
{
  Stage stage{.inputs = 1, .outputs = 1};
  stage.played = [](std::size_t, std::int64_t) { return 0.5F; };
  BothEnds ends{LaneShape::of(1, 1, 64)};
  for (int i = 0; i < 60; ++i) {
    play(stage, ends, 64);
    if (i < 20 || i >= 40) ends.answerAll(same); // asleep in between
  }
  const auto& heard = stage.heard.front();
  CHECK(heard[20 * 64] == 0.5F);
  CHECK(heard[30 * 64] == 0.0F);
  CHECK(heard.back() == 0.5F);
  float worst = 0;
  for (std::size_t i = 1; i < heard.size(); ++i) worst = std::max(worst, std::abs(heard[i] - heard[i - 1]));
  CHECK(worst <= 0.5F / 40);
  CHECK(ends.health.late == 20);
}

TEST_CASE("An answer with anything in it that is no sound is silenced, and counted")
{
  using Limits = std::numeric_limits<float>;
  for (const float evil : {Limits::quiet_NaN(), Limits::signaling_NaN(), Limits::infinity(),
                           -Limits::infinity(), Limits::max(), -1000.0F}) {
    Stage stage = marked(1);
    BothEnds ends{LaneShape::of(1, 1, 64)};
    int block = 0;
    for (; block < 50; ++block) {
      play(stage, ends, 64);
      int sample = 0;
      ends.answerAll([&](float in) { return block == 25 && ++sample == 64 ? evil : in; });
    }
    CHECK(isHarmless(stage));
    CHECK(ends.health.spoilt == 1);
    CHECK(stage.heard[0][26 * 64 + 60] == 0.0F);
    CHECK(isHeardAfter(stage, 64, 29 * 64));
  }
}

TEST_CASE("A block is dated for where its answer will be heard")
{
  Stage stage = marked();
  BothEnds ends{LaneShape::of(2, 2, 64)};
  std::vector<float> in(128), out(128);
  for (std::int64_t i = 0; i < 100; ++i) {
    play(stage, ends, 64);
    const auto moment = ends.guest.tryTake(in);
    REQUIRE(moment);
    CHECK(moment->number == i + 1);
    CHECK(moment->first.frames == i * 64);
    CHECK(moment->tempo == time::Tempo::fromBpm(120));
    CHECK(moment->quantum == time::Beats::fromDouble(4));
    CHECK(moment->isPlaying);
    const auto heardAt = stage.at({(i + 1) * 64});
    CHECK(moment->beat.toDouble() == Approx(stage.grid.beatAt(heardAt).toDouble()).margin(1e-5));
    ends.guest.answer(*moment, out);
  }
}

TEST_CASE("A process that wakes after a long sleep goes on with the newest block")
{
  Stage stage = marked();
  BothEnds ends{LaneShape::of(2, 2, 64)};
  for (int i = 0; i < 1000; ++i) play(stage, ends, 64);
  CHECK(ends.answerAll(same) == 1);
  for (int i = 0; i < 10; ++i) {
    play(stage, ends, 64);
    CHECK(ends.answerAll(same) == 1);
  }
  CHECK(isHeardAfter(stage, 64, stage.heard[0].size() - 64));
}

TEST_CASE("Whatever a process writes into the memory, nothing but sound within bounds is heard")
{
  const auto seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  test::Dice dice{seed};
  Stage stage = marked(8);
  const auto shape = LaneShape::of(8, 8, 64);
  auto memory = LaneMemory::make(shape.words()).value();
  auto evil = LaneMemory::map(memory.share(), shape.words()).value();
  Health health;
  HostLane host{std::move(memory), shape, {}, 0, health};
  Curtain curtain;
  for (int block = 0; block < 500; ++block) {
    for (auto& word : evil.words().subspan(0, 4096)) word = static_cast<std::uint32_t>(dice.anyWhole());
    const auto number = static_cast<std::uint32_t>(block); // the right numbers over wrong sound, too
    auto answer = evil.words().subspan(shape.answer(number));
    for (std::size_t i = 0; i < 1000; ++i) answer[i] = static_cast<std::uint32_t>(dice.anyWhole());
    if (block % 2 == 0) answer[0] = number;
    stage.play(64, [&](const patch::Rendering& rendering) { host.render(rendering, curtain); });
  }
  CHECK(isHarmless(stage));
  CHECK(health.spoilt > 0);
  CHECK(host.delay().frames == 64);
}

TEST_CASE("The audio thread renders on while another process scribbles all over the memory")
{
  Stage stage = marked(2);
  const auto shape = LaneShape::of(2, 2, 64);
  auto memory = LaneMemory::make(shape.words()).value();
  auto evil = LaneMemory::map(memory.share(), shape.words()).value();
  Health health;
  HostLane host{std::move(memory), shape, {}, 0, health};
  Curtain curtain;
  std::atomic<bool> isOver = false;
  std::thread scribbler{[&] {
    test::Dice dice{11};
    while (!isOver)
      for (std::uint32_t slot = 0; slot < shape.slots; ++slot) {
        auto answer = evil.words().subspan(shape.answer(slot), 32);
        for (auto& word : answer) word = static_cast<std::uint32_t>(dice.anyWhole());
        answer[0] = slot + static_cast<std::uint32_t>(dice.whole(0, 3)) * shape.slots;
        evil.words()[static_cast<std::size_t>(dice.whole(0, 40))] =
          static_cast<std::uint32_t>(dice.anyWhole());
      }
  }};
  for (int block = 0; block < 2000; ++block)
    stage.play(64, [&](const patch::Rendering& rendering) { host.render(rendering, curtain); });
  isOver = true;
  scribbler.join();
  CHECK(isHarmless(stage));
}
