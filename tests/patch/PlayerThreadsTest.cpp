#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <atomic>
#include <thread>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>

#include "Modules.hpp"
#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using test::Rig;

namespace {

using Channel = MixStrip::Channel;

/// Turns everything on a strip, as fast as it can, until told to stop.
void turn(MixStrip& strip, std::uint64_t seed, const std::atomic<bool>& isOver)
{
  test::Dice dice{seed};
  while (!isOver) {
    const auto channel = dice.whole(0, 1) == 0 ? Channel::first : Channel::second;
    strip.setGain(channel, audio::Decibels::of(dice.real(-60, 0)));
    strip.setPan(channel, dice.real(-1, 1));
    strip.setMuted(channel, dice.whole(0, 1) == 0);
    strip.setSoloed(channel, dice.whole(0, 1) == 0);
    strip.setInverted(channel, dice.whole(0, 1) == 0);
    strip.setLinked(dice.whole(0, 1) == 0);
    static_cast<void>(strip.level(MixStrip::Tap::output, channel));
    strip.clearClips();
  }
}

} // namespace

TEST_CASE("Sound goes on while one thread edits the patch and two others turn the same knobs")
{
  constexpr int kEdits = 300;
  Rig rig;
  rig.played = [](std::int64_t) { return 0.25F; };
  Patch patch;
  const auto group = std::make_shared<SoloGroup>();
  const auto strip = std::make_shared<MixStrip>(group);
  const auto in = *patch.add(std::make_shared<DeviceInput>(), "in");
  const auto mixer = *patch.add(strip, "strip");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
  REQUIRE(patch.add(std::make_shared<MetronomeModule>(), "click"));
  REQUIRE(patch.connect({in, 0}, {mixer, 0}));
  REQUIRE(patch.connect({mixer, 0}, {out, 0}));

  std::atomic<bool> isOver{false};
  std::thread audio{[&] {
    while (!isOver) rig.play(1);
  }};
  std::thread hand{[&] { turn(*strip, 1, isOver); }};
  std::thread otherHand{[&] { turn(*strip, 2, isOver); }};

  for (int edit = 0; edit < kEdits; ++edit) {
    const auto id = *patch.add(std::make_shared<test::Through>(2), "guest");
    CHECK(patch.connect({in, 0}, {id, 0}));
    CHECK(patch.connect({id, 0}, {mixer, 0}, audio::Decibels::of(-12)));
    rig.player.play(patch);
    rig.player.setBeatGrid({{}, time::Beats::fromDouble(edit), edit % 2 == 0});
    patch.remove(id);
    rig.player.play(patch);
    do rig.player.tend();
    while (!rig.player.isAtRest() && edit % 10 == 0);
  }
  isOver = true;
  for (auto* const thread : {&audio, &hand, &otherHand}) thread->join();

  CHECK(std::ranges::all_of(rig.heard[0], [](float sample) { return std::abs(sample) <= 1.5F; }));
  strip->setSoloed(Channel::first, false);
  strip->setSoloed(Channel::second, false);
  CHECK_FALSE(group->isActive());
}
