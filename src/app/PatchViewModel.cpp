#include "PatchViewModel.hpp"

#include <QQmlEngine>

#include <algorithm>
#include <cmath>
#include <utility>

#include "patchbay/PatchWording.hpp"
#include "window/DecibelScale.hpp"

namespace tutti::app {

PatchViewModel::PatchViewModel(Clock clock, StripOf stripOf)
  : clock_{std::move(clock)}
  , stripOf_{std::move(stripOf)}
  , selection_{*this}
  , focus_{*this}
{}

PatchViewModel::~PatchViewModel() = default;

void PatchViewModel::show(const jam::PatchSnapshot& snapshot, HostTime at)
{
  auto scene = PatchScene::of(snapshot);
  const bool isOther = scene != scene_;
  if (isOther) scene_ = std::move(scene);
  if (isOther) followAll();
  followMoment(at);
  showLevels(snapshot);
  catalogue_.show(snapshot.catalogue);
  showHistory(snapshot);
  if (!isOther) return;
  selection_.follow();
  focus_.follow();
  emit sceneChanged();
}

/// One view-model for each, as long as it is there.
template <class Made, class Things, class Make, class Show>
void PatchViewModel::follow(Made& made, ThingsViewModel& list, const Things& things, const Make& make,
                            const Show& show)
{
  std::vector<QObject*> wanted;
  for (const auto& thing : things) {
    auto& item = made[thing.id];
    if (!item) {
      item = make(thing);
      QQmlEngine::setObjectOwnership(item.get(), QQmlEngine::CppOwnership);
    }
    show(*item, thing);
    wanted.push_back(item.get());
  }
  list.show(wanted);
  for (auto item = made.begin(); item != made.end();) {
    const bool isHere =
      std::ranges::any_of(things, [&](const auto& thing) { return thing.id == item->first; });
    if (!isHere) item->second.release()->deleteLater(); // QML may be looking at it until the end of this turn
    item = isHere ? std::next(item) : made.erase(item);
  }
}

void PatchViewModel::followAll()
{
  follow(
    cards_, cardList_, scene_.cards,
    [this](const auto& card) {
      auto item = std::make_unique<CardViewModel>(card.id);
      connect(item.get(), &CardViewModel::stripMoved, this, &PatchViewModel::stripsMoved);
      return item;
    },
    [this](CardViewModel& item, const PatchScene::Card& card) { item.show(scene_, card); });
  follow(
    cables_, cableList_, scene_.cables,
    [this](const auto& cable) { return std::make_unique<ConnectionViewModel>(cable.id, wishes_, clock_); },
    [this](ConnectionViewModel& item, const PatchScene::Cable& cable) { item.show(scene_, cable); });
  follow(
    groups_, groupList_, scene_.groups,
    [](const auto& group) { return std::make_unique<GroupViewModel>(group.id); },
    [this](GroupViewModel& item, const PatchScene::Group& group) { item.show(scene_, group); });
}

/// A strip may be another one, and a wish refused, though the scene is the same.
void PatchViewModel::followMoment(HostTime at)
{
  for (const auto& card : scene_.cards)
    cards_.at(card.id)->follow(card.strip ? stripOf_(*card.strip) : nullptr);
  for (const auto& cable : scene_.cables) cables_.at(cable.id)->tell(cable.gain, at);
}

void PatchViewModel::showLevels(const jam::PatchSnapshot& snapshot)
{
  std::map<patch::ConnectionId, double> levels;
  for (const auto& connection : snapshot.connections)
    levels[connection.id] = std::max(std::round(connection.peak.value()), DecibelScale::kLowest);
  if (levels == levels_) return;
  levels_ = std::move(levels);
  emit levelsChanged();
}

void PatchViewModel::showHistory(const jam::PatchSnapshot& snapshot)
{
  const auto undoable = QString::fromStdString(snapshot.undoable.value_or(""));
  const auto redoable = QString::fromStdString(snapshot.redoable.value_or(""));
  if (undoable != undoable_ || redoable != redoable_) {
    undoable_ = undoable;
    redoable_ = redoable;
    emit historyChanged();
  }
  const bool isByHand = std::ranges::any_of(scene_.cards, [](const auto& card) { return card.isRemovable; });
  const bool isBare = undoable_.isEmpty() && redoable_.isEmpty() && !isByHand;
  if (isBare == isBare_) return;
  isBare_ = isBare;
  emit isBareChanged();
}

void PatchViewModel::complain(const std::string& reason)
{
  say(wording::sentence(reason));
}

void PatchViewModel::say(const QString& hint)
{
  if (hint == hint_) return;
  hint_ = hint;
  emit hintChanged();
}

void PatchViewModel::take(patch::ModuleId card)
{
  if (scene_.find(card) == nullptr) return;
  selection_.chooseOnly(card);
  focus_.go(card);
}

bool PatchViewModel::takeStrip(StripViewModel* strip)
{
  for (const auto& [id, card] : cards_)
    if (strip && card->strip() == strip) return take(id), true;
  return false;
}

CardViewModel* PatchViewModel::card(patch::ModuleId id) const
{
  const auto found = cards_.find(id);
  return found == cards_.end() ? nullptr : found->second.get();
}

ConnectionViewModel* PatchViewModel::cable(patch::ConnectionId id) const
{
  const auto found = cables_.find(id);
  return found == cables_.end() ? nullptr : found->second.get();
}

void PatchViewModel::join(const PortSpot& one, const PatchThing& other)
{
  const auto why = wording::refusal(one, other);
  say(why);
  const auto* const spot = std::get_if<PortSpot>(&other);
  if (!why.isEmpty() || spot == nullptr || *spot == one) return;
  const auto& from = one.isOutput ? one.socket : spot->socket;
  const auto& to = one.isOutput ? spot->socket : one.socket;
  emit wishes_.connectWanted(from, to);
  for (const auto& cable : scene_.cables)
    if (cable.from == from && cable.to == to && hint_.isEmpty()) selection_.chooseOnly(cable.id);
}

void PatchViewModel::moveCards(const std::vector<patch::ModuleId>& cards, QPointF by, bool goesOn)
{
  const auto step = by.toPoint();
  if (step.isNull() || cards.empty()) return;
  std::map<patch::ModuleId, patch::Position> places;
  for (const auto& id : cards)
    if (const auto* const card = scene_.find(id)) {
      const auto corner = card->box.topLeft().toPoint() + step;
      places[id] = {corner.x(), corner.y()};
    }
  say({});
  emit wishes_.moveWanted(places, goesOn);
}

void PatchViewModel::undo()
{
  if (undoable_.isEmpty()) return;
  say({});
  emit wishes_.undoWanted();
}

void PatchViewModel::redo()
{
  if (redoable_.isEmpty()) return;
  say({});
  emit wishes_.redoWanted();
}

void PatchViewModel::tidyUp()
{
  say({});
  emit wishes_.tidyWanted();
}

/// What has to stay says so; the others go.
void PatchViewModel::removeSelected()
{
  const auto& chosen = selection_.chosen();
  std::vector<patch::ModuleId> cards;
  QString staying;
  for (const auto& id : chosen.cards) {
    const auto* const card = scene_.find(id);
    if (card->isRemovable)
      cards.push_back(id);
    else
      staying = card->name;
  }
  std::vector<patch::ConnectionId> cables;
  if (chosen.cable) cables.push_back(*chosen.cable);
  focus_.leaveRemoved(cards, cables);
  say({});
  if (!cards.empty() || !cables.empty()) emit wishes_.removeWanted(cards, cables);
  if (!staying.isEmpty())
    say(tr("“%1” stays: it belongs to somebody in the room, or to Tutti itself. You can take its cables off.")
          .arg(staying));
}

} // namespace tutti::app
