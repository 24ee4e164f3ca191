#include <tutti/patch/History.hpp>

#include <Catch.hpp>
#include <Dice.hpp>

#include "Modules.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::audio::literals;
using Gesture = History::Gesture;

namespace {

/// A patch that somebody works on.
struct Desk {
  Patch patch;
  History history;

  template <class Work> void edit(std::string_view what, const Work& work, Gesture gesture = Gesture::begins)
  {
    const auto before = patch;
    work(patch);
    history.note(before, patch, what, gesture);
  }
  ModuleId add(std::string_view name)
  {
    ModuleId id;
    edit("Add", [&](Patch& p) { id = *p.add(std::make_shared<test::Through>(), name); });
    return id;
  }
  void move(ModuleId id, Position position, Gesture gesture = Gesture::begins)
  {
    edit(
      "Move",
      [&](Patch& p) {
        auto looks = p.find(id)->about.looks;
        looks.position = position;
        p.setLooks(id, looks);
      },
      gesture);
  }
};

/// One thing, whatever it is, that a hand can do.
void anything(Patch& patch, test::Dice& dice)
{
  const auto any = [&](std::size_t count) {
    return static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(count) - 1));
  };
  const auto module = [&] { return patch.modules()[any(patch.modules().size())].about.id; };
  const auto work = dice.whole(0, 8);
  if (work == 0 || patch.modules().empty())
    static_cast<void>(patch.add(std::make_shared<test::Through>(), "new"));
  else if (work == 1)
    patch.remove(module());
  else if (work <= 4)
    static_cast<void>(patch.connect({module(), 0}, {module(), 0}, audio::Decibels::of(dice.real(-60, 24))));
  else if (work == 5 && !patch.connections().empty())
    patch.disconnect(patch.connections()[any(patch.connections().size())].id);
  else if (work == 6 && !patch.connections().empty())
    patch.setGain(patch.connections()[any(patch.connections().size())].id, -3_dB);
  else if (work == 7)
    patch.setLooks(module(), {.position = Position{static_cast<int>(dice.whole(0, 99)), 0},
                              .colour = 1,
                              .group = patch.groups().empty() ? GroupId{} : patch.groups()[0].id});
  else if (patch.groups().size() < 3)
    static_cast<void>(patch.addGroup("group"));
  else
    patch.removeGroup(patch.groups()[any(patch.groups().size())].id);
}

} // namespace

TEST_CASE("Whatever was done can be undone, and done again")
{
  test::Dice dice{31};
  for (int round = 0; round < 30; ++round) {
    Desk desk;
    std::vector<Snapshot> states{desk.patch.snapshot()};
    while (states.size() < 60) {
      const auto edits = desk.patch.snapshot();
      desk.edit("Do", [&](Patch& patch) { anything(patch, dice); });
      if (desk.patch.snapshot() != edits) states.push_back(desk.patch.snapshot());
    }
    CAPTURE(round);
    for (auto i = states.size() - 1; i > 0; --i) {
      REQUIRE(desk.history.undo(desk.patch));
      REQUIRE(desk.patch.snapshot() == states[i - 1]);
    }
    CHECK_FALSE(desk.history.undo(desk.patch));
    for (std::size_t i = 1; i < states.size(); ++i) {
      REQUIRE(desk.history.redo(desk.patch));
      REQUIRE(desk.patch.snapshot() == states[i]);
    }
    CHECK_FALSE(desk.history.redo(desk.patch));
  }
}

TEST_CASE("What is undone is the same module, not another one like it")
{
  Desk desk;
  const auto id = desk.add("one");
  const auto module = desk.patch.find(id)->module;
  desk.edit("Remove", [&](Patch& patch) { patch.remove(id); });
  desk.history.undo(desk.patch);
  CHECK(desk.patch.find(id)->module == module);
}

TEST_CASE("Each edit says what it was")
{
  Desk desk;
  CHECK_FALSE(desk.history.undoable());
  const auto id = desk.add("one");
  desk.move(id, {1, 1});
  CHECK(desk.history.undoable() == "Move");
  CHECK_FALSE(desk.history.redoable());
  desk.history.undo(desk.patch);
  CHECK(desk.history.undoable() == "Add");
  CHECK(desk.history.redoable() == "Move");
}

TEST_CASE("A hand on its way is one edit, and the next hand another")
{
  Desk desk;
  const auto id = desk.add("one");
  desk.move(id, {1, 1});
  desk.move(id, {2, 2}, Gesture::goesOn);
  desk.move(id, {3, 3}, Gesture::goesOn);
  desk.move(id, {4, 4});
  desk.history.undo(desk.patch);
  CHECK(desk.patch.find(id)->about.looks.position == Position{3, 3});
  desk.history.undo(desk.patch);
  CHECK_FALSE(desk.patch.find(id)->about.looks.position);
  CHECK(desk.history.undoable() == "Add");
}

TEST_CASE("What goes on with something else is an edit of its own")
{
  Desk desk;
  const auto one = desk.add("one");
  const auto other = desk.add("other");
  desk.move(one, {1, 1});
  desk.move(other, {2, 2}, Gesture::goesOn);
  desk.history.undo(desk.patch);
  CHECK(desk.patch.find(one)->about.looks.position == Position{1, 1});
  CHECK_FALSE(desk.patch.find(other)->about.looks.position);
}

TEST_CASE("What nothing came of is not remembered, and what is new ends what was undone")
{
  Desk desk;
  const auto id = desk.add("one");
  desk.edit("Nothing", [](Patch&) {});
  CHECK(desk.history.undoable() == "Add");
  desk.move(id, {1, 1});
  desk.history.undo(desk.patch);
  desk.edit("Rename", [&](Patch& patch) { patch.rename(id, "two"); });
  CHECK_FALSE(desk.history.redo(desk.patch));
}

TEST_CASE("What came by itself in between stays, and what left by itself does not come back")
{
  Desk desk;
  const auto one = desk.add("one");
  const auto other = desk.add("other");
  desk.edit("Connect", [&](Patch& patch) { REQUIRE(patch.connect({one, 0}, {other, 0})); });
  const auto guest = *desk.patch.add(std::make_shared<test::Through>(), "guest");
  desk.patch.remove(other);
  desk.history.undo(desk.patch);
  desk.history.redo(desk.patch);
  CHECK(desk.patch.connections().empty());
  CHECK(desk.patch.find(guest) != nullptr);
  CHECK(desk.patch.find(other) == nullptr);
}

TEST_CASE(
  "Somebody who is gone for good comes back as a missing one, and as themselves when they are here again")
{
  Desk desk;
  const auto id = desk.add("Anna");
  desk.edit("Remove", [&](Patch& patch) { patch.remove(id); });
  desk.history.replace(id, nullptr, "has left");
  desk.history.undo(desk.patch);
  REQUIRE(desk.patch.find(id) != nullptr);
  CHECK(desk.patch.find(id)->whyMissing == "has left");
  desk.history.redo(desk.patch);
  const auto again = std::make_shared<test::Through>();
  desk.history.replace(id, again);
  desk.history.undo(desk.patch);
  CHECK(desk.patch.find(id)->module == again);
}

TEST_CASE("There is an end to remembering")
{
  Desk desk;
  const auto id = desk.add("one");
  for (int i = 0; i < 300; ++i) desk.move(id, {i, 0});
  std::size_t undone = 0;
  while (desk.history.undo(desk.patch)) ++undone;
  CHECK(undone == History::kMost);
}
