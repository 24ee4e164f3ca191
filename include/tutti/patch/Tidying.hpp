#pragma once

#include <map>

#include <tutti/patch/Patch.hpp>

namespace tutti::patch {

/// How large a card is on the canvas, in the pixels of `Position`.
struct CardSize {
  static constexpr int kWidth = 184;
  static constexpr int kHead = 48; // the name, and a line below it
  static constexpr int kPort = 24;
  static constexpr int kGap = 24;     // between the cards of a column
  static constexpr int kStride = 272; // from column to column
  static constexpr int kFrame = 16;   // between a group's cards and its frame
  static constexpr int kLabel = 24;   // of a group, above its cards, inside the frame

  /// As high as the ports of the side that has more of them.
  static int height(const ModuleDescription& module);
};

/// Where each module would lie if somebody had tidied up: each to the right of what it hears, and at the same
/// height where that goes. The cards of a group lie together in its frame, and no others there. The same
/// patch is tidied up in the same way each time.
std::map<ModuleId, Position> tidy(const Patch& patch);

/// The same for those only that lie nowhere yet: below all others.
std::map<ModuleId, Position> placesForNew(const Patch& patch);

} // namespace tutti::patch
