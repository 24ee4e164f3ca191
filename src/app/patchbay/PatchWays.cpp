#include "patchbay/PatchWays.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {

namespace {

/// How far along, and how far to the side.
struct Way {
  double along;
  double aside;
};

Way wayTo(QPointF from, QPointF to, Direction direction)
{
  const auto way = to - from;
  switch (direction) {
  case Direction::left:
    return {-way.x(), std::abs(way.y())};
  case Direction::right:
    return {way.x(), std::abs(way.y())};
  case Direction::up:
    return {-way.y(), std::abs(way.x())};
  case Direction::down:
    break;
  }
  return {way.y(), std::abs(way.x())};
}

bool isSideways(Direction direction)
{
  return direction == Direction::left || direction == Direction::right;
}

/// Where a cable from `from` could end and does not yet.
std::vector<PortSpot> targetsOf(const PatchScene& scene, const PortSpot& from)
{
  std::vector<PortSpot> targets;
  for (const auto& card : scene.cards)
    for (std::size_t port = 0; port < card.ports(!from.isOutput).size(); ++port) {
      const PortSpot spot{{card.id, port}, !from.isOutput};
      const auto& source = from.isOutput ? from.socket : spot.socket;
      const auto& sink = from.isOutput ? spot.socket : from.socket;
      const bool isTaken = std::ranges::any_of(
        scene.cables, [&](const auto& cable) { return cable.from == source && cable.to == sink; });
      if (!isTaken) targets.push_back(spot);
    }
  return targets;
}

std::vector<QPointF> centresOf(const PatchScene& scene, const std::vector<PortSpot>& spots)
{
  std::vector<QPointF> centres;
  for (const auto& spot : spots) centres.push_back(scene.find(spot)->centre);
  return centres;
}

} // namespace

std::optional<std::size_t> nextPlace(const std::vector<QPointF>& places, QPointF from, Direction direction)
{
  constexpr double kAside = 2; // to the side counts double: an arrow means its direction
  std::optional<std::size_t> nearest;
  double least = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [along, aside] = wayTo(from, places[i], direction);
    if (along < 1) continue;
    const auto far = along + kAside * aside;
    if (nearest && far >= least) continue;
    least = far;
    nearest = i;
  }
  return nearest;
}

std::optional<patch::ModuleId> nextCard(const PatchScene& scene, patch::ModuleId from, Direction direction)
{
  const auto* const card = scene.find(from);
  if (card == nullptr) return std::nullopt;
  std::vector<QPointF> centres;
  for (const auto& other : scene.cards) centres.push_back(other.box.center());
  const auto next = nextPlace(centres, card->box.center(), direction);
  return next ? std::optional{scene.cards[*next].id} : std::nullopt;
}

std::optional<PortSpot> nextPort(const PatchScene& scene, const PortSpot& from, Direction direction)
{
  const auto* const card = scene.find(from.socket.module);
  if (card == nullptr) return std::nullopt;
  auto next = from;
  if (isSideways(direction)) {
    next.isOutput = direction == Direction::right;
    const auto count = card->ports(next.isOutput).size();
    if (next.isOutput == from.isOutput || count == 0) return std::nullopt;
    next.socket.port = std::min(from.socket.port, count - 1);
    return next;
  }
  if (direction == Direction::up && from.socket.port == 0) return std::nullopt;
  next.socket.port = direction == Direction::up ? from.socket.port - 1 : from.socket.port + 1;
  return scene.find(next) ? std::optional{next} : std::nullopt;
}

std::optional<PortSpot> nextTarget(const PatchScene& scene, const PortSpot& from,
                                   const std::optional<PortSpot>& now, Direction direction)
{
  const auto targets = targetsOf(scene, from);
  const auto* const here = scene.find(now.value_or(from));
  if (here == nullptr) return std::nullopt;
  const auto next = nextPlace(centresOf(scene, targets), here->centre, direction);
  return next ? std::optional{targets[*next]} : std::nullopt;
}

std::optional<PortSpot> firstTarget(const PatchScene& scene, const PortSpot& from)
{
  const auto ahead = from.isOutput ? Direction::right : Direction::left;
  if (auto target = nextTarget(scene, from, std::nullopt, ahead)) return target;
  const auto targets = targetsOf(scene, from);
  return targets.empty() ? std::nullopt : std::optional{targets.front()};
}

} // namespace tutti::app
