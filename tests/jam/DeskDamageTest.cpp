// Files for a desk that plays: any that Tutti can have written, and any that something has damaged.
#include "Catch.hpp"

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/FromPlayer.hpp>
#include <tutti/jam/Tone.hpp>

#include "../patch/AnyPatch.hpp"

using namespace tutti;
using jam::Desk;

namespace {

std::string saved(const Desk& desk)
{
  return desk.save().encode();
}

/// With somebody in the room, something added by hand, and what a desk does not know.
std::string bandFile()
{
  Desk desk;
  desk.add({"ana"}, "Ana", std::make_shared<jam::FromPlayer>(nullptr, 2));
  REQUIRE(desk.welcome("Stage Pair", std::make_shared<jam::Tone>(jam::Tone::Kind::sine)));
  REQUIRE(desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
    const auto guest = patch.modules().back().about.id;
    REQUIRE(patch.connect({guest, 0}, {patch.modules()[1].about.id, 0}));
    return {};
  }));
  REQUIRE(desk.addModule("Add", desk.showPatch().catalogue.front(), {-40, 80}));
  auto snapshot = desk.save();
  snapshot.session = {
    .name = "Friday", .tempo = time::Tempo::fromBpm(98.5), .quantum = {}, .room = "Basement"};
  snapshot.processes.push_back({.name = "Grain", .command = "grain", .arguments = {"-v"}});
  snapshot.modules[1].unknown.push_back({"mood", "blue"});
  return snapshot.encode();
}

/// Refused with its line, and all is as it was; or loaded, and whoever opens it is told.
void isHarmless(const std::string& damaged)
{
  Desk desk;
  desk.add({"ben"}, "Ben", std::make_shared<jam::FromPlayer>(nullptr, 2));
  REQUIRE(desk.welcome("Stage Pair", std::make_shared<jam::Tone>(jam::Tone::Kind::sine)));
  const auto before = saved(desk);
  const auto reading = patch::Snapshot::read(damaged);
  const auto loaded = reading ? desk.load(reading->snapshot) : Result<void>{tl::unexpected{reading.error()}};
  if (!loaded) {
    CHECK(loaded.error().detail.starts_with("line "));
    CHECK(saved(desk) == before);
    return;
  }
  CHECK_FALSE(reading->remarks.empty());
  const auto after = saved(desk);
  REQUIRE(desk.load(*patch::Snapshot::parse(after)));
  CHECK(saved(desk) == after);
}

} // namespace

TEST_CASE("A thousand patches as they come are the same to the byte after a desk has played them")
{
  test::Dice dice{20'261};
  test::AnyPatch anyPatch{dice};
  for (int round = 0; round < 1000; ++round) {
    Desk desk;
    REQUIRE(desk.load(anyPatch()));
    const auto file = saved(desk);
    CAPTURE(round, file);
    Desk another;
    const auto snapshot = patch::Snapshot::parse(file);
    REQUIRE(snapshot);
    REQUIRE(another.load(*snapshot));
    CHECK(saved(another) == file);
  }
}

TEST_CASE("Whatever line of a desk's file is lost, it does no harm")
{
  const auto file = bandFile();
  for (std::size_t begin = 0; begin < file.size();) {
    const auto end = file.find('\n', begin) + 1;
    auto damaged = file;
    damaged.erase(begin, end - begin);
    CAPTURE(damaged);
    isHarmless(damaged);
    begin = end;
  }
}

TEST_CASE("Whatever byte of a desk's file is flipped, it does no harm")
{
  const auto file = bandFile();
  test::Dice dice{8};
  for (int round = 0; round < 1500; ++round) {
    auto damaged = file;
    const auto at = static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(file.size()) - 1));
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(dice.whole(1, 255)));
    CAPTURE(round, at, damaged);
    isHarmless(damaged);
  }
}
