#include "patchbay/PatchScene.hpp"

#include <algorithm>
#include <cmath>

#include <tutti/patch/Tidying.hpp>

#include "patchbay/PatchWording.hpp"

namespace tutti::app {

namespace {

using patch::CardSize;

double distance(QPointF a, QPointF b)
{
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

std::vector<PatchScene::Port> portsOf(const std::vector<patch::Port>& ports, QPointF first)
{
  std::vector<PatchScene::Port> spots;
  for (const auto& port : ports) {
    spots.push_back({QString::fromStdString(port.name), port.channels, first});
    first.ry() += CardSize::kPort;
  }
  return spots;
}

PatchScene::Card cardOf(const jam::CardSnapshot& shown)
{
  const QPointF corner(shown.position.x, shown.position.y);
  const auto rows = std::max({shown.inputs.size(), shown.outputs.size(), std::size_t{1}});
  const QPointF first = corner + QPointF(0, CardSize::kHead + CardSize::kPort / 2.0);
  return {
    .id = shown.id,
    .name = QString::fromStdString(shown.name),
    .kind = wording::kind(shown.type),
    .why = QString::fromStdString(shown.whyMissing),
    .box = {corner, QSizeF(CardSize::kWidth, CardSize::kHead + CardSize::kPort * static_cast<double>(rows))},
    .colour = shown.colour,
    .group = shown.group,
    .strip = shown.strip,
    .isMissing = shown.isMissing,
    .isRemovable = shown.isRemovable,
    .inputs = portsOf(shown.inputs, first),
    .outputs = portsOf(shown.outputs, first + QPointF(CardSize::kWidth, 0))};
}

QRectF frameOf(const PatchScene& scene, patch::GroupId id)
{
  QRectF cards;
  for (const auto& card : scene.cards)
    if (card.group == id) cards |= card.box;
  if (cards.isNull()) return {};
  constexpr double kPadding = PatchScene::kFramePadding;
  return cards.adjusted(-kPadding, -kPadding - PatchScene::kLabelHeight, kPadding, kPadding);
}

void addGroups(PatchScene& scene, const std::vector<patch::GroupDescription>& groups)
{
  for (const auto& group : groups) {
    const auto frame = frameOf(scene, group.id);
    if (frame.isNull()) continue;
    const QRectF label{frame.topLeft(), QSizeF{frame.width(), PatchScene::kLabelHeight + 4}};
    scene.groups.push_back({group.id, QString::fromStdString(group.name), group.colour, frame, label});
  }
}

void addCables(PatchScene& scene, const std::vector<jam::ConnectionSnapshot>& connections)
{
  for (const auto& connection : connections) {
    const auto* const from = scene.find(PortSpot{connection.from, true});
    const auto* const to = scene.find(PortSpot{connection.to, false});
    if (from == nullptr || to == nullptr) continue;
    const bool isGhost =
      scene.find(connection.from.module)->isMissing || scene.find(connection.to.module)->isMissing;
    scene.cables.push_back({.id = connection.id,
                            .from = connection.from,
                            .to = connection.to,
                            .start = from->centre,
                            .end = to->centre,
                            .gain = connection.gain.value(),
                            .isDelayed = connection.isDelayed,
                            .isGhost = isGhost});
  }
}

template <class Things, class Id> auto foundIn(const Things& things, Id id)
{
  const auto found = std::ranges::find_if(things, [&](const auto& thing) { return thing.id == id; });
  return found == things.end() ? nullptr : &*found;
}

} // namespace

PatchScene PatchScene::of(const jam::PatchSnapshot& snapshot)
{
  PatchScene scene;
  for (const auto& card : snapshot.cards) scene.cards.push_back(cardOf(card));
  addGroups(scene, snapshot.groups);
  addCables(scene, snapshot.connections);
  return scene;
}

const PatchScene::Card* PatchScene::find(patch::ModuleId id) const
{
  return foundIn(cards, id);
}

const PatchScene::Cable* PatchScene::find(patch::ConnectionId id) const
{
  return foundIn(cables, id);
}

const PatchScene::Group* PatchScene::find(patch::GroupId id) const
{
  return foundIn(groups, id);
}

const PatchScene::Port* PatchScene::find(const PortSpot& spot) const
{
  const auto* const card = find(spot.socket.module);
  if (card == nullptr) return nullptr;
  const auto& ports = card->ports(spot.isOutput);
  return spot.socket.port < ports.size() ? &ports[spot.socket.port] : nullptr;
}

bool PatchScene::has(const PatchThing& thing) const
{
  return std::visit(
    [this](const auto& id) {
      if constexpr (std::is_same_v<std::decay_t<decltype(id)>, std::monostate>)
        return true;
      else
        return find(id) != nullptr;
    },
    thing);
}

QRectF PatchScene::boundsOf(const PatchThing& thing) const
{
  constexpr double kRadius = 10;
  if (const auto* id = std::get_if<patch::ModuleId>(&thing)) {
    const auto* const card = find(*id);
    return card ? card->box : QRectF{};
  }
  if (const auto* spot = std::get_if<PortSpot>(&thing)) {
    const auto* const port = find(*spot);
    return port ? QRectF{port->centre - QPointF{kRadius, kRadius}, QSizeF{2 * kRadius, 2 * kRadius}}
                : QRectF{};
  }
  if (const auto* id = std::get_if<patch::ConnectionId>(&thing)) {
    const auto* const cable = find(*id);
    return cable ? cable->curve().bounds() : QRectF{};
  }
  if (const auto* id = std::get_if<patch::GroupId>(&thing)) {
    const auto* const group = find(*id);
    return group ? group->label : QRectF{};
  }
  return {};
}

QRectF PatchScene::extent() const
{
  QRectF extent;
  for (const auto& card : cards) extent |= card.box;
  for (const auto& group : groups) extent |= group.frame;
  for (const auto& cable : cables) extent |= cable.curve().bounds();
  return extent;
}

/// What is painted last is meant first.
PatchThing PatchScene::at(QPointF point, double reach) const
{
  constexpr double kPort = 6; // radius of its ring
  for (auto card = cards.rbegin(); card != cards.rend(); ++card) {
    for (const bool areOutputs : {true, false}) {
      const auto& ports = card->ports(areOutputs);
      for (std::size_t port = 0; port < ports.size(); ++port)
        if (distance(ports[port].centre, point) <= kPort + reach)
          return PortSpot{{card->id, port}, areOutputs};
    }
    if (card->box.contains(point)) return card->id;
  }
  const Cable* nearest = nullptr;
  double least = reach;
  for (const auto& cable : cables) {
    const auto curve = cable.curve();
    if (!curve.bounds().adjusted(-reach, -reach, reach, reach).contains(point)) continue;
    const auto far = curve.distanceTo(point);
    if (far > least) continue;
    least = far;
    nearest = &cable;
  }
  if (nearest != nullptr) return nearest->id;
  for (const auto& group : groups)
    if (group.label.contains(point)) return group.id;
  return {};
}

/// Over a card, the nearest of its ports is meant; beside one, a port that is near.
std::optional<PortSpot> PatchScene::targetAt(QPointF point, const PortSpot& from, double reach) const
{
  std::optional<PortSpot> nearest;
  double least = reach;
  for (const auto& card : cards) {
    if (card.id == from.socket.module && !card.box.contains(point)) continue;
    const auto& ports = card.ports(!from.isOutput);
    const bool isOver = card.box.contains(point);
    for (std::size_t port = 0; port < ports.size(); ++port) {
      const auto far =
        isOver ? std::abs(ports[port].centre.y() - point.y()) / 1000 : distance(ports[port].centre, point);
      if (far >= least) continue;
      least = far;
      nearest = PortSpot{{card.id, port}, !from.isOutput};
    }
  }
  return nearest;
}

std::vector<patch::ModuleId> PatchScene::cardsWithin(const QRectF& band) const
{
  std::vector<patch::ModuleId> ids;
  for (const auto& card : cards)
    if (band.intersects(card.box)) ids.push_back(card.id);
  return ids;
}

std::vector<patch::ModuleId> PatchScene::membersOf(patch::GroupId id) const
{
  std::vector<patch::ModuleId> ids;
  for (const auto& card : cards)
    if (card.group == id) ids.push_back(card.id);
  return ids;
}

std::vector<patch::ModuleId> PatchScene::cardsOver(const Cable& cable) const
{
  std::vector<patch::ModuleId> ids;
  const auto curve = cable.curve();
  const auto bounds = curve.bounds().adjusted(-1, -1, 1, 1);
  for (const auto& card : cards) {
    const bool isItsOwn = card.id == cable.from.module || card.id == cable.to.module;
    if (!isItsOwn && card.box.intersects(bounds) && curve.crosses(card.box)) ids.push_back(card.id);
  }
  return ids;
}

bool PatchScene::isMiddleHidden(const Cable& cable) const
{
  const auto middle = cable.curve().middle();
  return std::ranges::any_of(cards, [&](const Card& card) { return card.box.contains(middle); });
}

std::vector<patch::ConnectionId> PatchScene::cablesAt(const PortSpot& spot) const
{
  std::vector<patch::ConnectionId> ids;
  for (const auto& cable : cables)
    if ((spot.isOutput ? cable.from : cable.to) == spot.socket) ids.push_back(cable.id);
  return ids;
}

} // namespace tutti::app
