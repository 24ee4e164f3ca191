#pragma once

#include <QString>

#include <variant>

#include <tutti/patch/Patch.hpp>

namespace tutti::app {

/// A port as hands see it: which one, and on which side of its card.
struct PortSpot {
  patch::Socket socket;
  bool isOutput = false;

  friend constexpr auto operator<=>(const PortSpot&, const PortSpot&) = default;
};

/// Whatever can be pointed at, or has the keyboard, on the patch's canvas; nothing: the canvas itself.
using PatchThing =
  std::variant<std::monostate, patch::ModuleId, PortSpot, patch::ConnectionId, patch::GroupId>;

/// "card:5", "in:5:0", "out:5:1", "cable:7", "group:2": by which QML knows it. Empty: nothing.
QString placeOf(const PatchThing& thing);
/// What is not one of these is nothing.
PatchThing thingAt(const QString& place);

} // namespace tutti::app
