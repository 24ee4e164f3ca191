#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace tutti::patch {

/// Modules that belong together for whoever looks at them. Zero: none.
struct GroupId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(GroupId, GroupId) = default;
};

/// Where the upper left corner of a card lies on the canvas: in pixels, as they are at 100 %.
struct Position {
  static constexpr int kFarthest = 100'000;

  int x = 0;
  int y = 0;
  friend constexpr auto operator<=>(Position, Position) = default;
};

/// How a module is shown. Nothing of it is heard.
struct Looks {
  static constexpr std::uint32_t kMostColour = 1000;

  std::optional<Position> position;    ///< Nothing: where tidying up puts it.
  std::optional<std::uint32_t> colour; ///< Counts through the window's palette.
  GroupId group;

  friend bool operator==(const Looks&, const Looks&) = default;
};

} // namespace tutti::patch
