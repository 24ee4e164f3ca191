#include <Catch.hpp>
#include <Dice.hpp>
#include <SineFit.hpp>
#include <algorithm>
#include <tutti/patch/DeviceModules.hpp>

#include "Modules.hpp"
#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::audio::literals;
using test::Rig;
using test::Sine;
using test::Through;

namespace {

constexpr double kInaudible = -60; // dB; a hard cut is -4

/// An instrument, two ways to the ear, and whatever a test does with them.
struct Stage : Rig {
  Stage()
  {
    played = sine;
    player.play(patch);
    settle();
  }

  void follow()
  {
    player.play(patch);
    settle();
  }

  Sine sine;
  Patch patch;
  ModuleId in = *patch.add(std::make_shared<DeviceInput>(DeviceChannels{0, 1}), "guitar");
  ModuleId one = *patch.add(std::make_shared<Through>(), "one");
  ModuleId other = *patch.add(std::make_shared<Through>(), "other");
  ModuleId out = *patch.add(std::make_shared<DeviceOutput>(), "ear");
  ConnectionId first = *patch.connect({in, 0}, {one, 0});
  ConnectionId second = *patch.connect({one, 0}, {out, 0});
};

} // namespace

TEST_CASE("The click meter hears a cut, and hears nothing in a sine")
{
  const Sine sine;
  std::vector<float> signal;
  for (int i = 0; i < 1000; ++i) signal.push_back(sine(i));
  CHECK(sine.worstClick(signal) < -120);
  std::fill(signal.begin() + 500, signal.end(), 0.0F);
  CHECK(sine.worstClick(signal) > -20);
}

TEST_CASE("What goes in comes out, in the same block and to the bit")
{
  Stage stage;
  stage.play(100);
  for (std::int64_t frame = stage.next.frames - 640; frame < stage.next.frames; ++frame) {
    const auto at = static_cast<std::size_t>(frame);
    CHECK(stage.heard[0][at] == stage.sine(frame));
    CHECK(stage.heard[1][at] == stage.sine(frame));
  }
}

TEST_CASE("No edit clicks")
{
  Stage stage;
  stage.play(50);
  const auto begin = stage.heard[0].size();

  SECTION("when a connection goes")
  {
    stage.patch.disconnect(stage.second);
  }
  SECTION("when a connection comes")
  {
    REQUIRE(stage.patch.connect({stage.in, 0}, {stage.other, 0}));
    REQUIRE(stage.patch.connect({stage.other, 0}, {stage.out, 0}));
  }
  SECTION("when a module goes")
  {
    stage.patch.remove(stage.one);
  }
  SECTION("when a module comes")
  {
    const auto third = *stage.patch.add(std::make_shared<Through>(), "third");
    REQUIRE(stage.patch.connect({stage.one, 0}, {third, 0}));
    REQUIRE(stage.patch.connect({third, 0}, {stage.out, 0}, -6_dB));
  }
  SECTION("when a gain leaps")
  {
    stage.patch.setGain(stage.second, audio::Decibels::silence());
  }
  SECTION("when all goes")
  {
    stage.patch = Patch{};
  }
  SECTION("when a module takes another one's place")
  {
    REQUIRE(stage.patch.fill(stage.one, std::make_shared<Through>()));
  }
  SECTION("when the flow turns round")
  {
    const auto down = *stage.patch.connect({stage.one, 0}, {stage.other, 0});
    stage.follow();
    stage.patch.disconnect(down);
    REQUIRE(stage.patch.connect({stage.other, 0}, {stage.one, 0}, -6_dB));
    REQUIRE(stage.patch.connect({stage.in, 0}, {stage.other, 0}));
  }
  SECTION("when a cycle opens and its delay goes")
  {
    const auto forth = *stage.patch.connect({stage.one, 0}, {stage.other, 0}, -6_dB);
    REQUIRE(stage.patch.connect({stage.other, 0}, {stage.one, 0}, -6_dB));
    stage.follow();
    stage.play(100);
    stage.patch.disconnect(forth);
    REQUIRE(stage.patch.connect({stage.in, 0}, {stage.other, 0}));
  }

  stage.follow();
  stage.play(100);
  CHECK(stage.sine.worstClick(stage.heard[0], begin) < kInaudible);
}

TEST_CASE("When one way takes over from another, nothing becomes softer or louder on the way")
{
  Stage stage;
  stage.play(50);
  const auto begin = stage.heard[0].size();
  SECTION("when no module does")
  {
    stage.patch.remove(stage.one);
    REQUIRE(stage.patch.connect({stage.in, 0}, {stage.out, 0}));
  }
  SECTION("when a module takes its place")
  {
    REQUIRE(stage.patch.fill(stage.one, std::make_shared<Through>()));
  }
  SECTION("when a chain of new ones does")
  {
    stage.patch.remove(stage.one);
    const auto third = *stage.patch.add(std::make_shared<Through>(), "third");
    const auto fourth = *stage.patch.add(std::make_shared<Through>(), "fourth");
    REQUIRE(stage.patch.connect({stage.in, 0}, {third, 0}));
    REQUIRE(stage.patch.connect({third, 0}, {fourth, 0}));
    REQUIRE(stage.patch.connect({fourth, 0}, {stage.out, 0}));
  }
  stage.follow();
  stage.play(50);
  CHECK(stage.heard[0].size() > begin + 48 * 50);
  for (std::size_t at = begin; at < stage.heard[0].size(); ++at)
    CHECK(std::abs(stage.heard[0][at] - stage.sine(static_cast<std::int64_t>(at))) < 3e-5F);
}

TEST_CASE("A hundred random edits in a row, no click")
{
  Stage stage;
  test::Dice dice{20};
  stage.play(50);
  const auto begin = stage.heard[0].size();
  for (int edit = 0; edit < 100; ++edit) {
    const auto& modules = stage.patch.modules();
    const auto any = [&] {
      return modules[static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(modules.size()) - 1))]
        .about.id;
    };
    switch (dice.whole(0, 4)) {
    case 0:
      static_cast<void>(stage.patch.add(std::make_shared<Through>(), "new"));
      break;
    case 1:
      if (const auto id = any(); id != stage.in && id != stage.out) stage.patch.remove(id);
      break;
    case 2:
      if (!stage.patch.connections().empty()) stage.patch.disconnect(stage.patch.connections().front().id);
      break;
    default:
      static_cast<void>(
        stage.patch.connect({any(), 0}, {any(), 0}, audio::Decibels::of(dice.real(-40, -12))));
    }
    stage.player.play(stage.patch);
    stage.play(static_cast<std::size_t>(dice.whole(0, 20)));
  }
  stage.settle();
  CHECK(stage.sine.worstClick(stage.heard[0], begin) < kInaudible);
}

TEST_CASE("A cycle is heard one block late, and the player says where")
{
  Stage stage;
  const auto forth = *stage.patch.connect({stage.one, 0}, {stage.other, 0});
  const auto back = *stage.patch.connect({stage.other, 0}, {stage.one, 0}, audio::Decibels::ofAmplitude(0.5));
  const auto routing = stage.player.play(stage.patch);
  CHECK(routing.delayed == std::vector{back});
  CHECK(stage.patch.delayed() == routing.delayed);
  stage.settle();
  stage.played = [](std::int64_t) { return 0.0F; };
  stage.play(2000);
  const auto begin = stage.next.frames;
  stage.played = [&](std::int64_t frame) { return frame == begin + 5 ? 1.0F : 0.0F; };
  stage.play(4);
  const auto at = [&](std::int64_t frame) { return stage.heard[0][static_cast<std::size_t>(begin + frame)]; };
  CHECK(at(5) == 1.0F);
  CHECK(at(5 + 64) == Approx(0.5F));
  CHECK(at(5 + 128) == Approx(0.25F));
  CHECK(at(6) == 0.0F);

  stage.patch.disconnect(forth);
  CHECK(stage.player.play(stage.patch).delayed.empty());
}

TEST_CASE("A howling cycle stays within bounds")
{
  Stage stage;
  REQUIRE(stage.patch.connect({stage.one, 0}, {stage.one, 0}, 24_dB));
  stage.follow();
  stage.play(1000);
  CHECK(std::ranges::all_of(stage.heard[0], [](float sample) { return std::abs(sample) <= 16.0F; }));
}

TEST_CASE("A module that was removed lives until the audio thread has let go of it")
{
  Stage stage;
  auto module = std::make_shared<Through>();
  const std::weak_ptr<Module> alive = module;
  const auto id = *stage.patch.add(std::move(module), "passing by");
  REQUIRE(stage.patch.connect({stage.in, 0}, {id, 0}));
  REQUIRE(stage.patch.connect({id, 0}, {stage.out, 0}));
  stage.follow();
  stage.patch.remove(id);
  stage.player.play(stage.patch);
  CHECK_FALSE(alive.expired());
  stage.play(1000);
  CHECK_FALSE(alive.expired()); // nothing is freed where sound is made
  stage.player.tend();
  CHECK(alive.expired());
}

TEST_CASE("Without blocks nothing changes, and the last wish comes true when they return")
{
  Stage stage;
  for (int i = 0; i < 1000; ++i) {
    stage.patch.setGain(stage.second, audio::Decibels::of(-i % 20));
    const auto id = *stage.patch.add(std::make_shared<Through>(), "again");
    stage.player.play(stage.patch);
    stage.patch.remove(id);
    stage.player.play(stage.patch);
  }
  CHECK_FALSE(stage.player.isAtRest());
  stage.patch.disconnect(stage.second);
  stage.player.play(stage.patch);
  stage.settle();
  stage.play(10);
  CHECK(stage.last() == 0.0F);
}

TEST_CASE("A gain moves at once, even while an edit is on its way")
{
  Stage stage;
  stage.patch.remove(stage.other);
  stage.player.play(stage.patch);
  stage.patch.setGain(stage.second, audio::Decibels::silence());
  stage.player.play(stage.patch);
  stage.play(40);
  CHECK(stage.last() == 0.0F);
}

TEST_CASE("A player that nothing was asked of leaves the outputs as they are")
{
  Rig rig;
  rig.play(3);
  CHECK(rig.player.isAtRest());
  CHECK(std::ranges::all_of(rig.heard[0], [](float sample) { return sample == 0.0F; }));
}

TEST_CASE("Modules are told the beat grid that was set last")
{
  class Witness final : public Module {
  public:
    [[nodiscard]] std::string_view type() const override { return "witness"; }
    [[nodiscard]] std::vector<Port> inputs() const override { return {}; }
    [[nodiscard]] std::vector<Port> outputs() const override { return {}; }
    void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override
    {
      isPlaying = rendering.grid.isPlaying();
      first = rendering.block.first;
    }
    bool isPlaying = false;
    SampleTime first{};
  };
  Rig rig;
  Patch patch;
  const auto witness = std::make_shared<Witness>();
  REQUIRE(patch.add(witness, "witness"));
  rig.player.play(patch);
  rig.play(2);
  CHECK_FALSE(witness->isPlaying);
  CHECK(witness->first == SampleTime{64});
  rig.player.setBeatGrid({{}, time::Beats::fromDouble(4), true});
  rig.play(1);
  CHECK(witness->isPlaying);
}

TEST_CASE("Each connection says how loud it is, behind its gain")
{
  Stage stage;
  stage.play(10);
  CHECK(stage.player.takePeaks().at(stage.first) == audio::Decibels::silence()); // nobody had asked
  stage.play(10);
  auto peaks = stage.player.takePeaks();
  CHECK(peaks.size() == 2);
  CHECK(peaks.at(stage.first).value() == Approx(-6.02).margin(0.05));
  stage.patch.setGain(stage.second, -20_dB);
  stage.follow();
  stage.play(50);
  static_cast<void>(stage.player.takePeaks());
  stage.play(10);
  peaks = stage.player.takePeaks();
  CHECK(peaks.at(stage.first).value() == Approx(-6.02).margin(0.05));
  CHECK(peaks.at(stage.second).value() == Approx(-26.02).margin(0.05));
  stage.played = [](std::int64_t) { return 0.0F; };
  stage.play(1);
  static_cast<void>(stage.player.takePeaks());
  stage.play(10);
  CHECK(stage.player.takePeaks().at(stage.first) == audio::Decibels::silence());
}
