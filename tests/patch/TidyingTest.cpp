#include <tutti/patch/Tidying.hpp>

#include <Catch.hpp>
#include <tutti/patch/Workshop.hpp>

#include "AnyPatch.hpp"
#include "Modules.hpp"

using namespace tutti;
using namespace tutti::patch;

namespace {

ModuleId add(Patch& patch, std::string_view name)
{
  return *patch.add(std::make_shared<test::Through>(), name);
}

bool overlap(Position a, int heightOfA, Position b, int heightOfB)
{
  return a.x < b.x + CardSize::kWidth && b.x < a.x + CardSize::kWidth && a.y < b.y + heightOfB &&
         b.y < a.y + heightOfA;
}

} // namespace

TEST_CASE("What hears something lies to the right of it")
{
  Patch patch;
  const auto master = add(patch, "master");
  const auto strip = add(patch, "strip");
  const auto input = add(patch, "input");
  const auto click = add(patch, "click");
  REQUIRE(patch.connect({input, 0}, {strip, 0}));
  REQUIRE(patch.connect({strip, 0}, {master, 0}));
  REQUIRE(patch.connect({click, 0}, {master, 0}));
  const auto places = tidy(patch);
  CHECK(places.at(input).x == 0);
  CHECK(places.at(strip).x == CardSize::kStride);
  CHECK(places.at(master).x == 2 * CardSize::kStride);
  CHECK(places.at(click).x == CardSize::kStride); // near to what hears it
}

TEST_CASE("Cards that are connected lie at the same height")
{
  Patch patch;
  std::vector<ModuleId> sources;
  for (int i = 0; i < 3; ++i) sources.push_back(add(patch, "source"));
  std::vector<ModuleId> strips;
  for (int i = 0; i < 3; ++i) strips.push_back(add(patch, "strip"));
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(patch.connect({sources[i], 0}, {strips[2 - i], 0}));
  const auto places = tidy(patch);
  for (std::size_t i = 0; i < 3; ++i) CHECK(places.at(sources[i]).y == places.at(strips[2 - i]).y);
}

TEST_CASE("What goes round is tidied up as well")
{
  Patch patch;
  const auto one = add(patch, "one");
  const auto other = add(patch, "other");
  REQUIRE(patch.connect({one, 0}, {other, 0}));
  REQUIRE(patch.connect({other, 0}, {one, 0}));
  const auto places = tidy(patch);
  CHECK(places.at(one).x < places.at(other).x);
}

TEST_CASE("Whatever the patch, no card lies on another, and each time it is the same")
{
  test::Dice dice{8};
  test::AnyPatch anyPatch{dice};
  for (int round = 0; round < 200; ++round) {
    Patch patch;
    REQUIRE(patch.load(anyPatch(), Workshop{}));
    const auto places = tidy(patch);
    CAPTURE(round);
    REQUIRE(places.size() == patch.modules().size());
    for (const auto& a : patch.modules())
      for (const auto& b : patch.modules())
        if (a.about.id < b.about.id)
          CHECK_FALSE(overlap(places.at(a.about.id), CardSize::height(a.about), places.at(b.about.id),
                              CardSize::height(b.about)));
    CHECK(tidy(patch) == places);
  }
}

TEST_CASE("What is new lies below what is there")
{
  Patch patch;
  const auto old = add(patch, "old");
  const auto fresh = add(patch, "new");
  const auto another = add(patch, "another");
  patch.setLooks(old, {.position = Position{-50, 100}, .colour = {}, .group = {}});
  const auto places = placesForNew(patch);
  CHECK(places.size() == 2);
  CHECK(places.at(fresh) == Position{-50, 100 + CardSize::kHead + CardSize::kPort + CardSize::kGap});
  CHECK(places.at(another).x == -50 + CardSize::kStride);
}

TEST_CASE("Where nothing lies anywhere yet, all is tidied up")
{
  Patch patch;
  add(patch, "one");
  add(patch, "other");
  CHECK(placesForNew(patch) == tidy(patch));
  CHECK(placesForNew(Patch{}).empty());
}

TEST_CASE("The cards of a group lie together in its frame, and no others there")
{
  Patch patch;
  std::vector<ModuleId> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(add(patch, "module"));
  for (std::size_t i = 0; i + 3 < ids.size(); ++i) REQUIRE(patch.connect({ids[i], 0}, {ids[i + 3], 0}));
  const auto group = *patch.addGroup("group");
  for (const std::size_t member : {1U, 4U, 6U, 8U}) patch.setLooks(ids[member], {{}, {}, group});
  const auto places = tidy(patch);
  int left = 1'000'000, top = 1'000'000, right = 0, bottom = 0;
  const auto isMember = [&](ModuleId id) { return patch.find(id)->about.looks.group == group; };
  for (const auto& id : ids) {
    if (!isMember(id)) continue;
    left = std::min(left, places.at(id).x - CardSize::kFrame);
    top = std::min(top, places.at(id).y - CardSize::kFrame - CardSize::kLabel);
    right = std::max(right, places.at(id).x + CardSize::kWidth + CardSize::kFrame);
    bottom = std::max(bottom, places.at(id).y + CardSize::height(patch.find(id)->about) + CardSize::kFrame);
  }
  for (const auto& id : ids) {
    const auto [x, y] = places.at(id);
    const auto height = CardSize::height(patch.find(id)->about);
    const bool isApart = x >= right || x + CardSize::kWidth <= left || y >= bottom || y + height <= top;
    CHECK((isMember(id) || isApart));
  }
  for (const auto& id : ids)
    for (const auto& other : ids) {
      const auto height = CardSize::height(patch.find(id)->about);
      CHECK((id == other || !overlap(places.at(id), height, places.at(other), height)));
    }
}
