#include <Catch.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Workshop.hpp>

#include "Modules.hpp"
#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::audio::literals;

namespace {

Workshop workshopOf(const std::shared_ptr<SoloGroup>& group)
{
  Workshop workshop;
  workshop.teach("device-input", DeviceInput::make);
  workshop.teach("device-output", DeviceOutput::make);
  workshop.teach("metronome", MetronomeModule::make);
  workshop.teach("mix-strip", [group](const auto& wanted) { return MixStrip::make(wanted, group); });
  return workshop;
}

/// An instrument, a metronome, and somebody who may be away, each on a strip.
Patch band(const std::shared_ptr<SoloGroup>& group)
{
  Patch patch;
  StripSettings settings{.isLinked = false, .channels = {}};
  settings.channels[0] = {.gain = -7.25_dB, .pan = 0.3, .isMuted = true};
  settings.channels[1] = {.gain = audio::Decibels::silence(), .isInverted = true};
  const auto guitar = *patch.add(std::make_shared<DeviceInput>(DeviceChannels{2, 1}), "Guitar");
  const auto click = *patch.add(std::make_shared<MetronomeModule>(), "Click");
  const auto anna = *patch.add(std::make_shared<test::Constant>(0.5F, 2), "Anna");
  const auto strip = *patch.add(std::make_shared<MixStrip>(group, settings), "Strip");
  const auto master = *patch.add(std::make_shared<DeviceOutput>(), "Master");
  for (const auto source : {guitar, click, anna}) CHECK(patch.connect({source, 0}, {strip, 0}, -1_dB));
  CHECK(patch.connect({strip, 0}, {master, 0}));
  return patch;
}

} // namespace

SCENARIO("A patch is saved and loaded")
{
  GIVEN("a saved band, and a workshop that does not know Anna")
  {
    const auto group = std::make_shared<SoloGroup>();
    const auto workshop = workshopOf(group);
    const auto saved = band(group).snapshot().encode();
    Patch patch;
    REQUIRE(patch.load(*Snapshot::parse(saved), workshop));

    THEN("saved again it is the same to the byte")
    {
      CHECK(patch.snapshot().encode() == saved);
    }
    THEN("what is missing is there, named, with its connections")
    {
      const auto& anna = patch.modules()[2];
      CHECK(anna.isMissing());
      CHECK(anna.about.name == "Anna");
      CHECK(anna.whyMissing == "this Tutti does not know such a module");
      CHECK(patch.connections().size() == 4);
    }
    THEN("the rest is what it was")
    {
      const auto& strip = std::dynamic_pointer_cast<MixStrip>(patch.modules()[3].module);
      REQUIRE(strip);
      CHECK_FALSE(strip->settings().isLinked);
      CHECK(strip->settings().channels[0] == StripChannel{.gain = -7.25_dB, .pan = 0.3, .isMuted = true});
      CHECK(strip->settings().channels[1] ==
            StripChannel{.gain = audio::Decibels::silence(), .isInverted = true});
    }
    THEN("Anna can come back to her place, and the patch is as it was")
    {
      REQUIRE(patch.fill(patch.modules()[2].about.id, std::make_shared<test::Constant>(0.5F, 2)));
      CHECK(patch.snapshot().encode() == saved);
    }
    THEN("what is added later gets an id of its own")
    {
      const auto id = *patch.add(std::make_shared<test::Through>(), "new");
      CHECK(id > patch.modules()[4].about.id);
    }
  }
  GIVEN("a workshop whose module has other ports by now")
  {
    const auto group = std::make_shared<SoloGroup>();
    auto workshop = workshopOf(group);
    workshop.teach("constant", [](const auto&) { return std::make_shared<test::Constant>(0.5F, 1); });
    const auto saved = band(group).snapshot();
    Patch patch;
    REQUIRE(patch.load(saved, workshop));
    THEN("the old one is missing, and kept as it was")
    {
      CHECK(patch.modules()[2].whyMissing == "has other inputs and outputs than when it was saved");
      CHECK(patch.snapshot() == saved);
    }
  }
}

TEST_CASE("A snapshot with a wrong parameter is refused with its place, and nothing has changed")
{
  const auto group = std::make_shared<SoloGroup>();
  auto patch = band(group);
  const auto before = patch.snapshot();
  auto yaml = before.encode();
  yaml.replace(yaml.find("pan1: 0.3"), 9, "pan1: 3.0");
  const auto result = patch.load(*Snapshot::parse(yaml), workshopOf(group));
  REQUIRE_FALSE(result);
  CHECK(result.error().detail == "line 35, column 13: the pan1 '3.0' is not between -1 and 1");
  CHECK(patch.snapshot() == before);
  CHECK_FALSE(patch.modules()[2].isMissing());
}

TEST_CASE("What a patch only keeps is there when it is saved again")
{
  const auto group = std::make_shared<SoloGroup>();
  auto snapshot = band(group).snapshot();
  snapshot.session = {.tempo = time::Tempo::fromBpm(98.5), .quantum = {}, .room = "Basement"};
  snapshot.processes.push_back({.name = "Grain", .command = "grain", .arguments = {"-v"}});
  snapshot.groups.push_back({.id = {3}, .name = "All", .colour = 1});
  snapshot.modules[1].looks = {.position = Position{3, 4}, .colour = 2, .group = {3}};
  snapshot.modules[2].unknown.push_back({"mood", "blue"});
  snapshot.connections[0].unknown.push_back({"bend", "0.5"});
  snapshot.unknown.push_back({"author", "Anna"});
  const auto saved = snapshot.encode();
  Patch patch;
  REQUIRE(patch.load(*Snapshot::parse(saved), workshopOf(group)));
  CHECK(patch.snapshot().encode() == saved);
  REQUIRE(patch.fill(snapshot.modules[2].id, std::make_shared<test::Constant>(0.5F, 2)));
  CHECK(patch.snapshot().encode() == saved);
}

TEST_CASE("A connection to nowhere is refused, and nothing has changed")
{
  const auto group = std::make_shared<SoloGroup>();
  auto patch = band(group);
  const auto before = patch.snapshot();
  auto broken = before;
  broken.connections.back().to.module = {99};
  CHECK_FALSE(patch.load(broken, workshopOf(group)));
  CHECK(patch.snapshot() == before);
}

TEST_CASE("A patch that is loaded while another one sounds takes over without a click")
{
  test::Rig rig;
  const test::Sine sine;
  rig.played = sine;
  Patch patch;
  const auto in = *patch.add(std::make_shared<DeviceInput>(), "in");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
  REQUIRE(patch.connect({in, 0}, {out, 0}, -6_dB));
  rig.player.play(patch);
  rig.settle();
  rig.play(100);
  const auto begin = rig.heard[0].size();
  REQUIRE(patch.load(patch.snapshot(), workshopOf(std::make_shared<SoloGroup>())));
  rig.player.play(patch);
  rig.settle();
  rig.play(100);
  CHECK(sine.worstClick(rig.heard[0], begin) < -60);
  for (std::size_t at = begin; at < rig.heard[0].size(); ++at)
    CHECK(std::abs(rig.heard[0][at] - 0.501187F * sine(static_cast<std::int64_t>(at))) < 3e-5F);
}
