#include "Catch.hpp"

#include <algorithm>

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/Tone.hpp>

using namespace tutti;
using jam::Desk;
using jam::StripId;

namespace {

std::shared_ptr<patch::Module> tone()
{
  return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
}

jam::CardSnapshot cardOf(Desk& desk, std::string_view name)
{
  const auto shown = desk.showPatch();
  const auto card = std::ranges::find(shown.cards, name, &jam::CardSnapshot::name);
  REQUIRE(card != shown.cards.end());
  return *card;
}

bool hasCard(Desk& desk, std::string_view name)
{
  const auto shown = desk.showPatch();
  return std::ranges::find(shown.cards, name, &jam::CardSnapshot::name) != shown.cards.end();
}

bool isConnected(Desk& desk, patch::ModuleId from, patch::ModuleId to)
{
  const auto shown = desk.showPatch();
  return std::ranges::any_of(shown.connections, [&](const jam::ConnectionSnapshot& connection) {
    return connection.from.module == from && connection.to.module == to;
  });
}

void connect(Desk& desk, patch::ModuleId from, patch::ModuleId to)
{
  const auto work = [&](patch::Patch& patch) -> Result<void> {
    if (const auto made = patch.connect({from, 0}, {to, 0}); !made) return tl::unexpected{made.error()};
    return {};
  };
  REQUIRE(desk.edit("Connect", work));
}

void disconnectAll(Desk& desk, patch::ModuleId from)
{
  REQUIRE(desk.edit("Disconnect", [&](patch::Patch& patch) -> Result<void> {
    const auto connections = patch.connections();
    for (const auto& connection : connections)
      if (connection.from.module == from) patch.disconnect(connection.id);
    return {};
  }));
}

patch::ModuleId addStrip(Desk& desk)
{
  return *desk.addModule("Add", desk.showPatch().catalogue.front(), {10, 20});
}

} // namespace

TEST_CASE("A strip of the mixer and its card are the same thing")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  CHECK(cardOf(desk, "Ana strip").strip == StripId::of({"ana"}));
  CHECK(cardOf(desk, "Master").strip == StripId::master());
  CHECK(cardOf(desk, "Own strip").strip == StripId::own());
  CHECK_FALSE(cardOf(desk, "Instrument").strip);
}

TEST_CASE("Wired otherwise by hand, it sounds so, and undone it is as before")
{
  Desk desk;
  const auto before = desk.patch().snapshot();
  const auto own = cardOf(desk, "Own strip").id;
  connect(desk, cardOf(desk, "Instrument").id, cardOf(desk, "Master").id);
  connect(desk, own, cardOf(desk, "Master").id);
  CHECK(desk.isMonitoring()); // it is the same cable
  CHECK(desk.showPatch().undoable == "Connect");
  desk.setMonitoring(false);
  CHECK_FALSE(isConnected(desk, own, cardOf(desk, "Master").id));
  desk.undo();
  desk.undo();
  CHECK(desk.patch().snapshot() == before);
  desk.redo();
  CHECK(isConnected(desk, cardOf(desk, "Instrument").id, cardOf(desk, "Master").id));
}

TEST_CASE("What the desk counts on cannot be removed, and what was added can")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  const auto remove = [&](patch::ModuleId id) {
    return desk.edit("Remove", [&](patch::Patch& patch) -> Result<void> {
      patch.remove(id);
      return {};
    });
  };
  for (const auto& card : desk.showPatch().cards) {
    CHECK_FALSE(card.isRemovable);
    CHECK_FALSE(remove(card.id));
  }
  const auto added = addStrip(desk);
  CHECK(cardOf(desk, "Strip").isRemovable);
  CHECK(remove(added));
  desk.undo();
  CHECK(cardOf(desk, "Strip").id == added);
  desk.undo();
  CHECK_FALSE(hasCard(desk, "Strip"));
}

TEST_CASE("Everything in the catalogue can be added")
{
  Desk desk;
  for (const auto& kind : desk.showPatch().catalogue) {
    CAPTURE(kind.name);
    const auto id = desk.addModule("Add", kind, {5, 6});
    REQUIRE(id);
    CHECK(desk.patch().find(*id)->about.looks.position == patch::Position{5, 6});
  }
  CHECK_FALSE(desk.addModule("Add", {"lv2", "Wah", "", {}}, {}));
}

TEST_CASE("Who leaves as they came leaves nothing behind")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  desk.setDirectOut({"ana"}, 2);
  desk.remove({"ana"});
  CHECK_FALSE(hasCard(desk, "Ana"));
  CHECK_FALSE(hasCard(desk, "Ana strip"));
}

TEST_CASE("Who was wired by hand stays as a ghost, and comes back by themselves")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  const auto strip = addStrip(desk);
  const auto ana = cardOf(desk, "Ana").id;
  connect(desk, ana, strip);
  desk.remove({"ana"});
  const auto ghost = cardOf(desk, "Ana");
  CHECK(ghost.isMissing);
  CHECK(ghost.whyMissing == "has left the room");
  CHECK(ghost.isRemovable);
  CHECK(isConnected(desk, ana, strip));
  desk.add({"another"}, "Ana", tone());
  CHECK_FALSE(cardOf(desk, "Ana").isMissing);
  CHECK(cardOf(desk, "Ana").id == ana);
  CHECK(isConnected(desk, ana, strip));
  CHECK(cardOf(desk, "Ana strip").strip == StripId::of({"another"}));
  CHECK(desk.strip(StripId::of({"another"})) != nullptr);
}

TEST_CASE("A ghost that was removed comes as somebody new, and does not haunt what is undone")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  disconnectAll(desk, cardOf(desk, "Ana").id);
  desk.remove({"ana"});
  const auto ghost = cardOf(desk, "Ana").id;
  REQUIRE(desk.edit("Remove", [&](patch::Patch& patch) -> Result<void> {
    patch.remove(ghost);
    return {};
  }));
  desk.add({"another"}, "Ana", tone());
  CHECK(cardOf(desk, "Ana").id != ghost);
  desk.undo();
  REQUIRE(desk.patch().find(ghost) != nullptr);
  CHECK(desk.patch().find(ghost)->isMissing());
}

TEST_CASE("Another instrument, and another source of a player, keep the cables of the old ones")
{
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  const auto strip = addStrip(desk);
  connect(desk, cardOf(desk, "Ana").id, strip);
  connect(desk, cardOf(desk, "Instrument").id, strip);
  desk.setInput({.first = 1, .isStereo = false});
  desk.replace({"ana"}, tone());
  CHECK(isConnected(desk, cardOf(desk, "Ana").id, strip));
  CHECK(isConnected(desk, cardOf(desk, "Instrument").id, strip));
}

TEST_CASE("Until a hand moves a card all are tidy; afterwards the others stay where they are seen")
{
  Desk desk;
  const auto master = cardOf(desk, "Master");
  desk.add({"ana"}, "Ana", tone());
  const auto ana = cardOf(desk, "Ana");
  REQUIRE(desk.move("Move", {{ana.id, {-700, 300}}}));
  CHECK(cardOf(desk, "Ana").position == patch::Position{-700, 300});
  const auto where = cardOf(desk, "Master").position;
  desk.add({"ben"}, "Ben", tone());
  const auto ben = cardOf(desk, "Ben").position;
  CHECK(cardOf(desk, "Master").position == where);
  desk.add({"cleo"}, "Cleo", tone());
  CHECK(cardOf(desk, "Ben").position == ben);
  CHECK(cardOf(desk, "Cleo").position != ben);
  REQUIRE(desk.tidyUp("Tidy up"));
  CHECK(cardOf(desk, "Ana").position != patch::Position{-700, 300});
  desk.undo();
  CHECK(cardOf(desk, "Ana").position == patch::Position{-700, 300});
}

TEST_CASE("What fails changes nothing")
{
  Desk desk;
  const auto before = desk.patch().snapshot();
  const auto refused = desk.edit("Try", [&](patch::Patch& patch) -> Result<void> {
    patch.rename(patch.modules().front().about.id, "other");
    return failure(ErrorKind::refused, "no");
  });
  CHECK_FALSE(refused);
  CHECK(desk.patch().snapshot() == before);
  CHECK_FALSE(desk.showPatch().undoable);
}
