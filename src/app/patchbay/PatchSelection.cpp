#include "patchbay/PatchSelection.hpp"

namespace tutti::app {

bool PatchSelection::has(const PatchThing& thing) const
{
  if (const auto* id = std::get_if<patch::ModuleId>(&thing)) return cards.contains(*id);
  if (const auto* id = std::get_if<patch::ConnectionId>(&thing)) return cable == *id;
  return false;
}

std::optional<patch::GroupId> PatchSelection::group(const PatchScene& scene) const
{
  std::optional<patch::GroupId> group;
  for (const auto& id : cards) {
    const auto* const card = scene.find(id);
    if (card == nullptr || card->group == patch::GroupId{} || (group && *group != card->group))
      return std::nullopt;
    group = card->group;
  }
  return group;
}

bool PatchSelection::tidy(const PatchScene& scene)
{
  const auto gone = std::erase_if(cards, [&](patch::ModuleId id) { return scene.find(id) == nullptr; });
  const bool isCableGone = cable && scene.find(*cable) == nullptr;
  if (isCableGone) cable.reset();
  return gone > 0 || isCableGone;
}

} // namespace tutti::app
