#include "SelectionViewModel.hpp"

#include <algorithm>
#include <utility>

#include "PatchViewModel.hpp"

namespace tutti::app {

void SelectionViewModel::choose(PatchSelection selection)
{
  if (selection == chosen_) return;
  chosen_ = std::move(selection);
  emit changed();
}

void SelectionViewModel::chooseOnly(const PatchThing& thing)
{
  PatchSelection selection;
  if (const auto* id = std::get_if<patch::ModuleId>(&thing)) selection.cards = {*id};
  if (const auto* id = std::get_if<patch::ConnectionId>(&thing)) selection.cable = *id;
  if (const auto* id = std::get_if<patch::GroupId>(&thing))
    for (const auto& member : patch_.scene().membersOf(*id)) selection.cards.insert(member);
  choose(std::move(selection));
}

void SelectionViewModel::toggle(patch::ModuleId card)
{
  auto selection = chosen_;
  selection.cable.reset();
  if (selection.cards.erase(card) == 0) selection.cards.insert(card);
  choose(std::move(selection));
}

void SelectionViewModel::follow()
{
  chosen_.tidy(patch_.scene());
  emit changed();
}

CardViewModel* SelectionViewModel::card() const
{
  return count() == 1 ? patch_.card(*chosen_.cards.begin()) : nullptr;
}

ConnectionViewModel* SelectionViewModel::cable() const
{
  return chosen_.cable ? patch_.cable(*chosen_.cable) : nullptr;
}

QString SelectionViewModel::title() const
{
  if (const auto* const one = cable()) return one->name();
  if (const auto* const one = card()) return one->name();
  if (isGroup()) return name();
  return count() == 0 ? QString{} : tr("%n card(s)", nullptr, count());
}

QString SelectionViewModel::about() const
{
  if (const auto* const one = cable()) return one->about();
  if (const auto* const one = card()) {
    if (one->isMissing()) return one->about();
    return one->kind();
  }
  return isGroup() ? tr("%n card(s)", nullptr, count()) : QString{};
}

QString SelectionViewModel::name() const
{
  if (const auto* const one = card()) return one->name();
  const auto id = chosen_.group(patch_.scene());
  const auto* const group = id ? patch_.scene().find(*id) : nullptr;
  return group ? group->name : QString{};
}

bool SelectionViewModel::isGroup() const
{
  return chosen_.group(patch_.scene()).has_value();
}

int SelectionViewModel::colour() const
{
  int colour = -1;
  bool isFirst = true;
  for (const auto& id : chosen_.cards) {
    const auto* const card = patch_.card(id);
    const int its = card ? card->colour() : -1;
    if (!isFirst && its != colour) return -1;
    colour = its;
    isFirst = false;
  }
  return colour;
}

bool SelectionViewModel::canRemove() const
{
  return chosen_.cable || std::ranges::any_of(chosen_.cards, [this](patch::ModuleId id) {
           const auto* const card = patch_.scene().find(id);
           return card != nullptr && card->isRemovable;
         });
}

/// One card, or the group that all of them are in.
void SelectionViewModel::rename(const QString& name)
{
  const auto trimmed = name.trimmed();
  if (trimmed.isEmpty() || trimmed == this->name()) return;
  if (const auto* const one = card()) return emit patch_.wishes()->renameWanted(one->id(), trimmed);
  if (const auto group = chosen_.group(patch_.scene()))
    emit patch_.wishes()->renameGroupWanted(*group, trimmed);
}

void SelectionViewModel::setColour(int colour)
{
  if (chosen_.cards.empty()) return;
  const auto wanted = colour < 0 ? std::nullopt : std::optional{static_cast<std::uint32_t>(colour)};
  emit patch_.wishes()->colourWanted(chosen_.cardList(), wanted);
}

void SelectionViewModel::group(const QString& name)
{
  if (chosen_.cards.empty()) return;
  const auto trimmed = name.trimmed();
  emit patch_.wishes()->groupWanted(chosen_.cardList(), trimmed.isEmpty() ? tr("Group") : trimmed);
}

void SelectionViewModel::ungroup()
{
  if (const auto group = chosen_.group(patch_.scene())) emit patch_.wishes()->ungroupWanted(*group);
}

} // namespace tutti::app
