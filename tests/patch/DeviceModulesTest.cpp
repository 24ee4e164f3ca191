#include <tutti/patch/DeviceModules.hpp>

#include <Catch.hpp>
#include <algorithm>
#include <limits>

#include "Modules.hpp"
#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using test::Constant;
using test::Rig;

namespace {

/// One output of the patch for each of these constants, all on the same channels.
void playConstants(Rig& rig, Patch& patch, std::initializer_list<float> values, DeviceChannels channels)
{
  for (const float value : values) {
    const auto source = *patch.add(std::make_shared<Constant>(value), "source");
    const auto out = *patch.add(std::make_shared<DeviceOutput>(channels), "out");
    REQUIRE(patch.connect({source, 0}, {out, 0}));
  }
  rig.player.play(patch);
  rig.play(50);
}

} // namespace

TEST_CASE("Outputs that share a channel add up; the others stay silent")
{
  Rig rig{0, 4};
  Patch patch;
  playConstants(rig, patch, {0.25F, 0.5F}, {.first = 2, .count = 1});
  CHECK(rig.last(0) == 0.0F);
  CHECK(rig.last(2) == 0.75F);
  CHECK(rig.last(3) == 0.0F);
}

TEST_CASE("A broken module hurts nobody's ears")
{
  const auto [value, heard] = GENERATE(table<float, float>({{std::numeric_limits<float>::quiet_NaN(), 0.0F},
                                                            {std::numeric_limits<float>::infinity(), 16.0F},
                                                            {-1e30F, -16.0F},
                                                            {15.0F, 15.0F}}));
  Rig rig;
  Patch patch;
  playConstants(rig, patch, {value}, {});
  CHECK(rig.last() == heard);
}

TEST_CASE("A device with one channel is heard on both sides, and plays the first")
{
  Rig rig{1, 1};
  rig.played = [](std::int64_t) { return 0.5F; };
  Patch patch;
  const auto in = *patch.add(std::make_shared<DeviceInput>(DeviceChannels{0, 2}), "in");
  const auto listener = std::make_shared<test::Listener>(2);
  const auto ear = *patch.add(listener, "listener");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(DeviceChannels{0, 2}), "out");
  const auto nowhere = *patch.add(std::make_shared<DeviceOutput>(DeviceChannels{7, 2}), "nowhere");
  REQUIRE(patch.connect({in, 0}, {ear, 0}));
  REQUIRE(patch.connect({in, 0}, {out, 0}));
  REQUIRE(patch.connect({in, 0}, {nowhere, 0}));
  rig.player.play(patch);
  rig.play(50);
  CHECK(listener->last[0] == 0.5F);
  CHECK(listener->last[1] == 0.5F);
  CHECK(rig.last() == 0.5F);
}

TEST_CASE("Channels that the device does not have are silent")
{
  Rig rig{2, 2};
  rig.played = [](std::int64_t) { return 0.5F; };
  Patch patch;
  const auto in = *patch.add(std::make_shared<DeviceInput>(DeviceChannels{2, 2}), "in");
  const auto listener = std::make_shared<test::Listener>(2);
  const auto ear = *patch.add(listener, "listener");
  REQUIRE(patch.connect({in, 0}, {ear, 0}));
  rig.player.play(patch);
  rig.play(50);
  CHECK(listener->last[0] == 0.0F);
  CHECK(listener->last[1] == 0.0F);
}

TEST_CASE("A channel that is gone just now is an empty span")
{
  Rig rig{2, 2};
  Patch patch;
  const auto in = *patch.add(std::make_shared<DeviceInput>(), "in");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
  REQUIRE(patch.connect({in, 0}, {out, 0}));
  rig.player.play(patch);
  const std::vector<std::span<const float>> ins(2);
  std::vector<float> left(64, 0.0F);
  const std::vector<std::span<float>> outs{left, {}};
  rig.player.process({.inputs = ins, .outputs = outs, .frames = 64, .rate = test::k48, .first = {}});
  CHECK(std::ranges::all_of(left, [](float sample) { return sample == 0.0F; }));
}
