#include "patchbay/PatchHands.hpp"

#include <utility>

#include "PatchViewModel.hpp"

namespace tutti::app {

namespace {

using Gesture = patch::History::Gesture;

Gesture gestureOf(bool goesOn)
{
  return goesOn ? Gesture::goesOn : Gesture::begins;
}

template <class Id> Result<void> just(const Result<Id>& made)
{
  if (!made) return tl::unexpected{made.error()};
  return {};
}

void dress(patch::Patch& patch, patch::ModuleId id, const std::function<void(patch::Looks&)>& change)
{
  const auto* const place = patch.find(id);
  if (place == nullptr) return;
  auto looks = place->about.looks;
  change(looks);
  patch.setLooks(id, looks);
}

} // namespace

PatchHands::PatchHands(PatchViewModel& panel, WithDesk withDesk, QObject* parent)
  : QObject{parent}
  , panel_{panel}
  , withDesk_{std::move(withDesk)}
{
  auto& wishes = *panel.wishes();
  carryCables(wishes);
  carryCards(wishes);
  carryGroups(wishes);
  connect(&wishes, &PatchWishes::undoWanted, this,
          [this] { act([](jam::Desk& desk) -> Result<void> { return desk.undo(), Result<void>{}; }); });
  connect(&wishes, &PatchWishes::redoWanted, this,
          [this] { act([](jam::Desk& desk) -> Result<void> { return desk.redo(), Result<void>{}; }); });
}

/// `act` tells what became of it.
template <class Act> void PatchHands::act(const Act& act)
{
  Result<void> became;
  withDesk_([&](jam::Desk& desk) { became = act(desk); });
  emit done();
  if (!became) panel_.complain(became.error().detail);
}

void PatchHands::carryCables(PatchWishes& wishes)
{
  connect(&wishes, &PatchWishes::connectWanted, this,
          [this](const patch::Socket& from, const patch::Socket& to) {
            act([&](jam::Desk& desk) {
              return desk.edit(tr("Connect").toStdString(),
                               [&](patch::Patch& patch) { return just(patch.connect(from, to)); });
            });
          });
  connect(&wishes, &PatchWishes::gainWanted, this,
          [this](patch::ConnectionId id, double decibels, bool goesOn) {
            act([&](jam::Desk& desk) {
              return desk.edit(
                tr("Gain of a cable").toStdString(),
                [&](patch::Patch& patch) -> Result<void> {
                  patch.setGain(id, audio::Decibels::of(decibels));
                  return {};
                },
                gestureOf(goesOn));
            });
          });
  connect(&wishes, &PatchWishes::removeWanted, this,
          [this](const std::vector<patch::ModuleId>& cards, const std::vector<patch::ConnectionId>& cables) {
            act([&](jam::Desk& desk) {
              return desk.edit(tr("Remove").toStdString(), [&](patch::Patch& patch) -> Result<void> {
                for (const auto& id : cables) patch.disconnect(id);
                for (const auto& id : cards) patch.remove(id);
                return {};
              });
            });
          });
}

void PatchHands::carryCards(PatchWishes& wishes)
{
  connect(
    &wishes, &PatchWishes::moveWanted, this,
    [this](const std::map<patch::ModuleId, patch::Position>& places, bool goesOn) {
      act([&](jam::Desk& desk) { return desk.move(tr("Move").toStdString(), places, gestureOf(goesOn)); });
    });
  connect(&wishes, &PatchWishes::addWanted, this,
          [this](const patch::CatalogueEntry& kind, patch::Position place) {
            patch::ModuleId added;
            act([&](jam::Desk& desk) {
              return desk.addModule(tr("Add").toStdString(), kind, place).map([&](patch::ModuleId id) {
                added = id;
              });
            });
            if (added != patch::ModuleId{}) panel_.take(added);
          });
  connect(&wishes, &PatchWishes::renameWanted, this, [this](patch::ModuleId id, const QString& name) {
    act([&](jam::Desk& desk) {
      return desk.edit(tr("Rename").toStdString(), [&](patch::Patch& patch) -> Result<void> {
        patch.rename(id, name.toStdString());
        return {};
      });
    });
  });
  connect(&wishes, &PatchWishes::colourWanted, this,
          [this](const std::vector<patch::ModuleId>& cards, std::optional<std::uint32_t> colour) {
            act([&](jam::Desk& desk) {
              return desk.edit(tr("Colour").toStdString(), [&](patch::Patch& patch) -> Result<void> {
                for (const auto& id : cards)
                  dress(patch, id, [&](patch::Looks& looks) { looks.colour = colour; });
                return {};
              });
            });
          });
  connect(&wishes, &PatchWishes::tidyWanted, this,
          [this] { act([](jam::Desk& desk) { return desk.tidyUp(tr("Tidy up").toStdString()); }); });
}

void PatchHands::carryGroups(PatchWishes& wishes)
{
  connect(&wishes, &PatchWishes::groupWanted, this,
          [this](const std::vector<patch::ModuleId>& cards, const QString& name) {
            act([&](jam::Desk& desk) {
              return desk.edit(tr("Group").toStdString(), [&](patch::Patch& patch) -> Result<void> {
                const auto group = patch.addGroup(name.toStdString());
                if (!group) return tl::unexpected{group.error()};
                for (const auto& id : cards)
                  dress(patch, id, [&](patch::Looks& looks) { looks.group = *group; });
                return {};
              });
            });
          });
  connect(&wishes, &PatchWishes::ungroupWanted, this, [this](patch::GroupId id) {
    act([&](jam::Desk& desk) {
      return desk.edit(tr("Ungroup").toStdString(), [&](patch::Patch& patch) -> Result<void> {
        patch.removeGroup(id);
        return {};
      });
    });
  });
  connect(&wishes, &PatchWishes::renameGroupWanted, this, [this](patch::GroupId id, const QString& name) {
    act([&](jam::Desk& desk) {
      return desk.edit(tr("Rename").toStdString(), [&](patch::Patch& patch) -> Result<void> {
        for (auto group : patch.groups())
          if (group.id == id) {
            group.name = name.toStdString();
            patch.putGroup(group);
            break;
          }
        return {};
      });
    });
  });
}

} // namespace tutti::app
