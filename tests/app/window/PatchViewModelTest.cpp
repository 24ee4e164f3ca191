#include "PatchViewModel.hpp"

#include <QSignalSpy>

#include <algorithm>
#include <chrono>

#include <Catch.hpp>

#include "PreparedDesks.hpp"
#include "patchbay/PatchHands.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

/// A patchbay with a real desk behind it.
struct Bay {
  HostTime now = hostTime(5'000'000);
  jam::Desk desk;
  Wishes mixer;
  StripViewModel master{jam::StripId::master(), mixer, [this] { return now; }};
  PatchViewModel patch{
    [this] { return now; },
    [this](const jam::StripId& id) { return id == jam::StripId::master() ? &master : nullptr; }};
  PatchHands hands{patch, [this](const auto& act) { act(desk); }};

  explicit Bay(std::string_view name = "bare")
  {
    QObject::connect(&hands, &PatchHands::done, &hands, [this] { look(); });
    prepared::prepare(desk, name);
    look();
  }
  void look() { patch.show(desk.showPatch(), now); }
  [[nodiscard]] patch::ModuleId card(const QString& name) const
  {
    const auto& cards = patch.scene().cards;
    const auto found = std::ranges::find(cards, name, &PatchScene::Card::name);
    REQUIRE(found != cards.end());
    return found->id;
  }
  [[nodiscard]] PortSpot port(const QString& name, bool isOutput) const
  {
    return {{card(name), 0}, isOutput};
  }
  bool press(int key, Qt::KeyboardModifiers held = {})
  {
    return patch.focus()->press(key, static_cast<int>(held));
  }
};

} // namespace

SCENARIO("A cable is the same whichever end comes first")
{
  Bay bay;
  const auto before = bay.patch.cables()->count();
  bay.patch.join(bay.port("Master", false), bay.port("Own strip", true));
  CHECK(bay.patch.cables()->count() == before + 1);
  CHECK(bay.patch.selection()->title() == "Own strip to Master");
  bay.patch.undo();
  CHECK(bay.patch.cables()->count() == before);
  CHECK(bay.patch.redoable() == "Connect");
}

SCENARIO("What makes no sense is refused with a reason, and nothing changes")
{
  Bay bay;
  const auto before = bay.desk.patch().snapshot();
  bay.patch.join(bay.port("Instrument", true), bay.port("Master", true));
  CHECK(bay.patch.hint().startsWith("Both are outputs."));
  bay.patch.join(bay.port("Master", false), bay.port("Own strip", false));
  CHECK(bay.patch.hint().startsWith("Both are inputs."));
  bay.patch.join(bay.port("Instrument", true), {});
  CHECK(bay.patch.hint() == "A cable needs a port at its other end.");
  bay.patch.join(bay.port("Instrument", true), bay.port("Own strip", false));
  CHECK(bay.patch.hint() == "These two are connected already.");
  CHECK(bay.desk.patch().snapshot() == before);
  CHECK(bay.patch.undoable().isEmpty());
}

SCENARIO("The lists change only where the patch does")
{
  Bay bay{"studio"};
  QSignalSpy reset{bay.patch.cards(), &QAbstractItemModel::modelReset};
  QSignalSpy inserted{bay.patch.cards(), &QAbstractItemModel::rowsInserted};
  QSignalSpy removed{bay.patch.cards(), &QAbstractItemModel::rowsRemoved};
  QSignalSpy scene{&bay.patch, &PatchViewModel::sceneChanged};
  for (int tick = 0; tick < 30; ++tick)
    bay.patch.show(prepared::sounding(bay.desk.showPatch(), tick), bay.now);
  CHECK(scene.count() == 0);
  bay.desk.add({"player-7"}, "Hugo", prepared::player());
  bay.look();
  CHECK(inserted.count() == 2);
  bay.desk.remove({"player-7"});
  bay.look();
  CHECK(removed.count() == 2);
  CHECK(reset.count() == 0);
}

SCENARIO("A fader on its way is one edit")
{
  Bay bay;
  const auto cable = bay.patch.scene().cables.front().id;
  for (int step = 0; step < 5; ++step) {
    bay.now += std::chrono::milliseconds{100};
    bay.patch.cable(cable)->nudgeGain(-1);
  }
  CHECK(bay.desk.patch().find(cable)->gain.value() == Approx(-5));
  bay.now += std::chrono::seconds{5};
  bay.patch.cable(cable)->nudgeGain(-1);
  bay.patch.undo();
  CHECK(bay.desk.patch().find(cable)->gain.value() == Approx(-5));
  bay.patch.undo();
  CHECK(bay.desk.patch().find(cable)->gain.value() == Approx(0));
}

SCENARIO("What may not go stays, and all else that was chosen goes")
{
  Bay bay{"studio"};
  bay.patch.selection()->choose({.cards = {bay.card("Master"), bay.card("Reverb")}, .cable = {}});
  bay.patch.removeSelected();
  CHECK(bay.patch.hint().startsWith("“Master” stays:"));
  CHECK(std::ranges::find(bay.patch.scene().cards, QString{"Reverb"}, &PatchScene::Card::name) ==
        bay.patch.scene().cards.end());
  CHECK(bay.patch.selection()->title() == "Master");
}

SCENARIO("A cable is made by keys from the first to the last")
{
  Bay bay;
  bay.patch.take(bay.card("Own strip"));
  REQUIRE(bay.press(Qt::Key_C));
  CHECK(bay.patch.focus()->isPulling());
  for (int step = 0; step < 10 && bay.patch.focus()->place() != placeOf(bay.port("Master", false)); ++step)
    bay.press(step % 2 == 0 ? Qt::Key_Right : Qt::Key_Down);
  REQUIRE(bay.patch.focus()->place() == placeOf(bay.port("Master", false)));
  bay.press(Qt::Key_Return);
  CHECK_FALSE(bay.patch.focus()->isPulling());
  CHECK(bay.patch.selection()->title() == "Own strip to Master");
}

SCENARIO("A cable whose beginning has gone is begun no more")
{
  Bay bay{"studio"};
  bay.desk.add({"player-7"}, "Hugo", prepared::player());
  bay.look();
  bay.patch.take(bay.card("Hugo"));
  bay.press(Qt::Key_C);
  bay.desk.remove({"player-7"});
  bay.look();
  CHECK_FALSE(bay.patch.focus()->isPulling());
}

SCENARIO("Keys that mean nothing here are somebody else's")
{
  Bay bay;
  CHECK_FALSE(bay.press(Qt::Key_Space));
  CHECK_FALSE(bay.press(Qt::Key_W));
  CHECK_FALSE(bay.press(Qt::Key_C)); // from nowhere
  CHECK_FALSE(bay.press(Qt::Key_Escape));
}

SCENARIO("A group is made, named anew, and undone")
{
  Bay bay{"studio"};
  bay.patch.selection()->choose({.cards = {bay.card("Headphones"), bay.card("Master")}, .cable = {}});
  CHECK_FALSE(bay.patch.selection()->isGroup());
  bay.patch.selection()->group("Ends");
  CHECK(bay.patch.groups()->count() == 3);
  CHECK(bay.patch.selection()->isGroup());
  CHECK(bay.patch.selection()->title() == "Ends");
  bay.patch.selection()->rename("Outputs");
  CHECK(bay.patch.selection()->title() == "Outputs");
  bay.patch.undo();
  bay.patch.undo();
  CHECK(bay.patch.groups()->count() == 2);
}

SCENARIO("A ghost says why it is one, and takes its place again by itself")
{
  Bay bay{"studio"};
  const auto place = bay.card("Bela");
  bay.desk.remove({"player-1"});
  bay.look();
  const auto* const ghost = bay.patch.card(place);
  REQUIRE(ghost != nullptr);
  CHECK(ghost->isMissing());
  CHECK(ghost->isRemovable());
  CHECK(ghost->about().startsWith("“Bela” has left the room. It comes back by itself."));
  bay.desk.add({"player-8"}, "Bela", prepared::player());
  bay.look();
  CHECK_FALSE(bay.patch.card(place)->isMissing());
}

SCENARIO("The card of a strip and the mixer's strip are one")
{
  Bay bay;
  CHECK(bay.patch.card(bay.card("Master"))->strip() == &bay.master);
  CHECK(bay.patch.card(bay.card("Instrument"))->strip() == nullptr);
  CHECK(bay.patch.takeStrip(&bay.master));
  CHECK(bay.patch.focus()->place() == placeOf(bay.card("Master")));
  QSignalSpy moved{&bay.patch, &PatchViewModel::stripsMoved};
  bay.master.first()->askGain(-10);
  CHECK(moved.count() == 1);
}

SCENARIO("Words find what can be added, and it comes where it was wanted")
{
  Bay bay;
  auto* const catalogue = bay.patch.catalogue();
  const auto all = catalogue->count();
  catalogue->setWords("output");
  CHECK(catalogue->count() < all);
  CHECK(catalogue->data(catalogue->index(0), CatalogueViewModel::nameRole).toString().startsWith("Output"));
  catalogue->add(0, 500, 300);
  CHECK(bay.patch.selection()->title().startsWith("Output"));
  CHECK(bay.patch.selection()->card()->box().center().x() == Approx(500));
  CHECK_FALSE(bay.patch.isBare());
}

SCENARIO("What is done is done to a bare patch no more")
{
  Bay bay;
  CHECK(bay.patch.isBare());
  bay.patch.moveCards({bay.card("Master")}, {40, 0});
  CHECK_FALSE(bay.patch.isBare());
}
