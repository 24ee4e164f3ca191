#pragma once

#include <optional>
#include <set>
#include <vector>

#include "patchbay/PatchScene.hpp"

namespace tutti::app {

/// What of the patch is chosen: some cards, or one cable.
struct PatchSelection {
  std::set<patch::ModuleId> cards;
  std::optional<patch::ConnectionId> cable;

  [[nodiscard]] bool isEmpty() const { return cards.empty() && !cable; }
  [[nodiscard]] bool has(const PatchThing& thing) const;
  [[nodiscard]] std::vector<patch::ModuleId> cardList() const { return {cards.begin(), cards.end()}; }

  /// The group that all of the cards are in, if there is one.
  [[nodiscard]] std::optional<patch::GroupId> group(const PatchScene& scene) const;
  /// Lets go what is not there any more. True if something was.
  bool tidy(const PatchScene& scene);

  friend bool operator==(const PatchSelection&, const PatchSelection&) = default;
};

} // namespace tutti::app
