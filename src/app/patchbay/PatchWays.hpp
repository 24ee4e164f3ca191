#pragma once

#include <QPointF>

#include <optional>
#include <vector>

#include "patchbay/PatchScene.hpp"

namespace tutti::app {

/// From one thing on the canvas to another by arrow keys.
enum class Direction { left, right, up, down };

/// Which of `places` lies next in that direction: near, and not too far to the side. Nothing: none does.
std::optional<std::size_t> nextPlace(const std::vector<QPointF>& places, QPointF from, Direction direction);

std::optional<patch::ModuleId> nextCard(const PatchScene& scene, patch::ModuleId from, Direction direction);

/// Up and down through the ports of one side, left and right to the other side of the card.
std::optional<PortSpot> nextPort(const PatchScene& scene, const PortSpot& from, Direction direction);

/// Among the ports where a cable from `from` could go.
std::optional<PortSpot> nextTarget(const PatchScene& scene, const PortSpot& from,
                                   const std::optional<PortSpot>& now, Direction direction);

/// The port where a cable from `from` would go first: ahead of it, and near.
std::optional<PortSpot> firstTarget(const PatchScene& scene, const PortSpot& from);

} // namespace tutti::app
