#include "patchbay/PatchScene.hpp"

#include <algorithm>
#include <set>

#include <Catch.hpp>

#include "PreparedDesks.hpp"
#include "patchbay/PatchPainting.hpp"
#include "patchbay/PatchWays.hpp"
#include "patchbay/PatchWording.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

struct Bay {
  jam::Desk desk;
  PatchScene scene;

  explicit Bay(std::string_view name)
  {
    prepared::prepare(desk, name);
    look();
  }
  void look() { scene = PatchScene::of(desk.showPatch()); }
  [[nodiscard]] patch::ModuleId card(const QString& name) const
  {
    const auto found = std::ranges::find(scene.cards, name, &PatchScene::Card::name);
    REQUIRE(found != scene.cards.end());
    return found->id;
  }
  [[nodiscard]] PortSpot port(const QString& name, bool isOutput) const
  {
    return {{card(name), 0}, isOutput};
  }
  [[nodiscard]] QPointF at(const PortSpot& spot) const { return scene.find(spot)->centre; }
};

} // namespace

TEST_CASE("A place is read back as what it names")
{
  for (const PatchThing& thing : {PatchThing{}, PatchThing{patch::ModuleId{5}},
                                  PatchThing{PortSpot{{{5}, 2}, true}}, PatchThing{PortSpot{{{7}, 0}, false}},
                                  PatchThing{patch::ConnectionId{9}}, PatchThing{patch::GroupId{3}}})
    CHECK(thingAt(placeOf(thing)) == thing);
  CHECK(thingAt(QStringLiteral("something else")) == PatchThing{});
}

TEST_CASE("A pointer means the port before the card, and the card before the cable beneath it")
{
  const Bay bay{"bare"};
  const auto port = bay.port("Own strip", true);
  CHECK(bay.scene.at(bay.at(port) + QPointF{5, 0}, 6) == PatchThing{port});
  CHECK(bay.scene.at(bay.scene.find(bay.card("Own strip"))->box.center(), 6) ==
        PatchThing{bay.card("Own strip")});
  const auto& cable = bay.scene.cables.front();
  CHECK(bay.scene.at(cable.curve().middle() + QPointF{0, 3}, 6) == PatchThing{cable.id});
  CHECK(bay.scene.at(cable.curve().middle() + QPointF{0, 40}, 6) == PatchThing{});
}

TEST_CASE("A cable goes into the port that is near, or into the card that it is let go over")
{
  const Bay bay{"bare"};
  const auto from = bay.port("Own strip", true);
  const auto to = bay.port("Master", false);
  CHECK(bay.scene.targetAt(bay.at(to) + QPointF{-20, 8}, from, 36) == to);
  CHECK(bay.scene.targetAt(bay.scene.find(to.socket.module)->box.center(), from, 36) == to);
  CHECK_FALSE(bay.scene.targetAt(bay.at(to) + QPointF{-60, 0}, from, 36));
  CHECK_FALSE(bay.scene.targetAt(bay.at(from) + QPointF{3, 3}, from, 36)); // not at once into its own card
}

TEST_CASE("A group's frame lies around its cards")
{
  const Bay bay{"studio"};
  REQUIRE(bay.scene.groups.size() == 2);
  for (const auto& group : bay.scene.groups)
    for (const auto& id : bay.scene.membersOf(group.id)) CHECK(group.frame.contains(bay.scene.find(id)->box));
}

TEST_CASE("Each arrow and its opposite lead back between neighbours")
{
  const Bay bay{"bare"};
  const auto strip = nextCard(bay.scene, bay.card("Instrument"), Direction::right);
  CHECK(strip == bay.card("Own strip"));
  CHECK(nextCard(bay.scene, *strip, Direction::left) == bay.card("Instrument"));
  CHECK_FALSE(nextCard(bay.scene, bay.card("Instrument"), Direction::left));
}

TEST_CASE("By arrows every card can be reached from every other")
{
  const Bay bay{"large"};
  std::set<patch::ModuleId> reached{bay.scene.cards.front().id};
  std::vector<patch::ModuleId> open{bay.scene.cards.front().id};
  while (!open.empty()) {
    const auto here = open.back();
    open.pop_back();
    for (const auto direction : {Direction::left, Direction::right, Direction::up, Direction::down})
      if (const auto next = nextCard(bay.scene, here, direction); next && reached.insert(*next).second)
        open.push_back(*next);
  }
  CHECK(reached.size() == bay.scene.cards.size());
}

TEST_CASE("What is connected already is no other end of a cable")
{
  const Bay bay{"bare"};
  const auto from = bay.port("Instrument", true);
  std::optional<PortSpot> now = firstTarget(bay.scene, from);
  for (int step = 0; now && step < 20; ++step) {
    CHECK(*now != bay.port("Own strip", false));
    now = nextTarget(bay.scene, from, now, Direction::right);
  }
}

TEST_CASE("A cable that closes a circle is told to wait, one of a ghost to be silent")
{
  const Bay studio{"studio"};
  CHECK(std::ranges::count_if(studio.scene.cables, &PatchScene::Cable::isDelayed) == 1);
  const Bay ghosts{"ghosts"};
  const auto* const bela = ghosts.scene.find(ghosts.card("Bela"));
  CHECK(bela->isMissing);
  CHECK_FALSE(bela->why.isEmpty());
  CHECK(std::ranges::any_of(ghosts.scene.cables, &PatchScene::Cable::isGhost));
}

TEST_CASE("A cable bends within its bounds and is near where it is seen")
{
  for (const auto& [start, end] :
       {std::pair{QPointF{0, 0}, QPointF{300, 80}}, std::pair{QPointF{300, 80}, QPointF{0, 0}},
        std::pair{QPointF{0, 0}, QPointF{0, 400}}}) {
    const CableCurve curve{start, end};
    CHECK(curve.at(0) == start);
    CHECK(curve.at(1) == end);
    for (int i = 0; i <= 50; ++i) {
      const auto point = curve.at(i / 50.0);
      CHECK(curve.bounds().adjusted(-0.001, -0.001, 0.001, 0.001).contains(point));
      CHECK(curve.distanceTo(point) < 2);
    }
    CHECK(curve.distanceTo(curve.middle() + QPointF{0, 500}) > 90);
  }
}

TEST_CASE("A cable knows beneath which cards it runs without being plugged into them")
{
  const auto cardAt = [](std::uint32_t number, const QRectF& box) {
    PatchScene::Card card;
    card.id = {number};
    card.box = box;
    return card;
  };
  PatchScene scene;
  scene.cards = {cardAt(1, {0, 0, 100, 72}), cardAt(2, {600, 0, 100, 72}), cardAt(3, {300, 20, 100, 72}),
                 cardAt(4, {300, 200, 100, 72})};
  PatchScene::Cable cable;
  cable.from = {{1}, 0};
  cable.to = {{2}, 0};
  cable.start = {100, 60};
  cable.end = {600, 60}; // straight through the third
  CHECK(cable.curve().crosses(scene.cards[2].box));
  CHECK_FALSE(cable.curve().crosses(scene.cards[3].box));
  CHECK(scene.cardsOver(cable) == std::vector{patch::ModuleId{3}});
  CHECK(scene.isMiddleHidden(cable));
  scene.cards[2].box.translate(-150, 0);
  CHECK(scene.cardsOver(cable) == std::vector{patch::ModuleId{3}});
  CHECK_FALSE(scene.isMiddleHidden(cable));
  scene.cards[2].box.translate(0, 100);
  CHECK(scene.cardsOver(cable).empty());
}

TEST_CASE("What a card hides of a cable shines through it, where it runs and nowhere else")
{
  PatchInk ink;
  ink.background = ink.card = ink.line = ink.muted = ink.grid = Qt::black;
  ink.outline = ink.text = Qt::white; // a silent cable
  const PatchPainting painting{ink};
  PatchScene::Card card;
  card.box = {40, 20, 60, 60};
  PatchScene::Cable cable;
  cable.start = {0, 50};
  cable.end = {140, 50};
  QImage picture{140, 100, QImage::Format_RGB32};
  picture.fill(Qt::black);
  QPainter painter{&picture};
  painting.cableOver(painter, cable, LoudnessStep{}, card);
  painter.end();
  const auto light = [&](int x, int y) { return qGray(picture.pixel(x, y)); };
  const auto most = std::max(light(70, 49), light(70, 50));
  CHECK(most > 60); // 40 % of it, on however many rows
  CHECK(most < 140);
  CHECK(light(20, 49) + light(20, 50) + light(120, 49) + light(120, 50) == 0);
  CHECK(light(70, 30) == 0);
}

TEST_CASE("A card's name stays readable from afar, and within the card's head")
{
  PatchScene::Card card;
  card.box = {100, 200, 184, 72};
  constexpr double kHead = 48;
  CHECK(PatchPainting::nameSize(1) == 13);
  CHECK(PatchPainting::nameSize(2.5) == 13);
  for (double zoom = 0.2; zoom < 2.5; zoom += 0.01) {
    const auto place = PatchPainting::nameOf(card, zoom);
    CHECK(place.top() >= card.box.top() - 1);
    CHECK(place.bottom() <= card.box.top() + kHead);
    CHECK(place.height() >= 1.3 * PatchPainting::nameSize(zoom));
    if (zoom > 0.3) CHECK(zoom * PatchPainting::nameSize(zoom) > 9);
  }
}

TEST_CASE("A kind that nobody knows is still a word")
{
  CHECK(wording::kind("mix-strip") == "Strip");
  CHECK(wording::kind("spring-reverb") == "Spring reverb");
  CHECK(wording::sentence("these two are connected already") == "These two are connected already.");
}
