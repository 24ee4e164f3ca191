#include "PatchFocusViewModel.hpp"

#include <algorithm>

#include "PatchViewModel.hpp"

namespace tutti::app {

namespace {

std::optional<Direction> directionOf(int key)
{
  switch (key) {
  case Qt::Key_Left:
    return Direction::left;
  case Qt::Key_Right:
    return Direction::right;
  case Qt::Key_Up:
    return Direction::up;
  case Qt::Key_Down:
    return Direction::down;
  default:
    return std::nullopt;
  }
}

QPointF stepOf(Direction direction, double size)
{
  switch (direction) {
  case Direction::left:
    return {-size, 0};
  case Direction::right:
    return {size, 0};
  case Direction::up:
    return {0, -size};
  case Direction::down:
    break;
  }
  return {0, size};
}

} // namespace

void PatchFocusViewModel::go(const PatchThing& thing)
{
  here_ = thing;
  emit changed();
  emit went(placeOf(thing));
}

void PatchFocusViewModel::goTo(const std::optional<PortSpot>& spot)
{
  if (spot) go(*spot);
}

void PatchFocusViewModel::visit(const QString& place, bool isByKey)
{
  const auto thing = thingAt(place);
  if (thing == here_ && (!isByKey || isShown_)) return;
  here_ = thing;
  if (isByKey) isShown_ = true;
  if (const auto* id = std::get_if<patch::ModuleId>(&here_); id && !patch_.selection()->chosen().has(*id))
    patch_.selection()->chooseOnly(*id);
  if (std::holds_alternative<patch::ConnectionId>(here_)) patch_.selection()->chooseOnly(here_);
  emit changed();
}

void PatchFocusViewModel::follow()
{
  if (pulledFrom_ && !patch_.scene().has(*pulledFrom_)) stopPulling();
  if (patch_.scene().has(here_)) return;
  here_ = {};
  emit changed();
}

/// To the port of a cable, to a card beside a card.
void PatchFocusViewModel::leaveRemoved(const std::vector<patch::ModuleId>& cards,
                                       const std::vector<patch::ConnectionId>& cables)
{
  const auto* const cable = std::get_if<patch::ConnectionId>(&here_);
  if (cable && std::ranges::find(cables, *cable) != cables.end()) {
    const auto* const gone = patch_.scene().find(*cable);
    return go(cameFrom_ && patch_.scene().has(*cameFrom_) ? *cameFrom_ : PortSpot{gone->from, true});
  }
  const auto* const card = std::get_if<patch::ModuleId>(&here_);
  if (!card || std::ranges::find(cards, *card) == cards.end()) return;
  for (const auto& other : patch_.scene().cards)
    if (std::ranges::find(cards, other.id) == cards.end()) return go(other.id);
}

bool PatchFocusViewModel::press(int key, int modifiers)
{
  const auto held = static_cast<Qt::KeyboardModifiers>(modifiers) & ~Qt::KeypadModifier;
  isShown_ = true;
  if (const auto direction = directionOf(key)) return arrow(*direction, held);
  if (key == Qt::Key_Return || key == Qt::Key_Enter) return held == Qt::NoModifier && enter();
  if (key == Qt::Key_Escape) return leave();
  return command(key, held);
}

bool PatchFocusViewModel::command(int key, Qt::KeyboardModifiers modifiers)
{
  const bool isCtrl = modifiers == Qt::ControlModifier;
  const bool isCtrlShift = modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
  const bool isPlain = modifiers == Qt::NoModifier;
  if (key == Qt::Key_Z && isCtrl)
    patch_.undo();
  else if ((key == Qt::Key_Z && isCtrlShift) || (key == Qt::Key_Y && isCtrl))
    patch_.redo();
  else if (key == Qt::Key_G && isCtrlShift)
    patch_.selection()->ungroup();
  else if (key == Qt::Key_G && isCtrl)
    emit groupAsked();
  else if (key == Qt::Key_A && isCtrl) {
    PatchSelection all;
    for (const auto& card : patch_.scene().cards) all.cards.insert(card.id);
    patch_.selection()->choose(all);
  } else if ((key == Qt::Key_A && isPlain) || (key == Qt::Key_Slash && !isCtrl))
    emit addAsked();
  else if (key == Qt::Key_F2 && isPlain)
    emit renameAsked();
  else if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && isPlain)
    patch_.removeSelected();
  else if (key == Qt::Key_C && isPlain)
    return begin();
  else
    return false;
  return true;
}

bool PatchFocusViewModel::arrow(Direction direction, Qt::KeyboardModifiers modifiers)
{
  const auto& scene = patch_.scene();
  if (pulledFrom_) {
    const auto* const now = std::get_if<PortSpot>(&here_);
    const bool isAtStart = !now || *now == *pulledFrom_;
    goTo(nextTarget(scene, *pulledFrom_, isAtStart ? std::nullopt : std::optional{*now}, direction));
    return true;
  }
  if (modifiers.testFlag(Qt::ControlModifier)) return moveCards(direction, modifiers);
  if (std::holds_alternative<patch::ConnectionId>(here_)) return turn(direction, modifiers);
  if (const auto* spot = std::get_if<PortSpot>(&here_)) {
    goTo(nextPort(scene, *spot, direction));
    return true;
  }
  const auto* const card = std::get_if<patch::ModuleId>(&here_);
  if (!card) {
    if (!std::holds_alternative<std::monostate>(here_) || scene.cards.empty()) return false;
    patch_.take(scene.cards.front().id);
    return true;
  }
  const auto next = nextCard(scene, *card, direction);
  if (!next) return true;
  auto selection = patch_.selection()->chosen();
  if (!modifiers.testFlag(Qt::ShiftModifier)) selection = {};
  selection.cards.insert(*next);
  patch_.selection()->choose(std::move(selection));
  go(*next);
  return true;
}

bool PatchFocusViewModel::moveCards(Direction direction, Qt::KeyboardModifiers modifiers)
{
  constexpr double kCoarse = 24;
  constexpr double kFine = 4;
  const auto cards = patch_.selection()->chosen().cardList();
  if (cards.empty()) return false;
  const auto size = modifiers.testFlag(Qt::ShiftModifier) ? kFine : kCoarse;
  patch_.moveCards(cards, stepOf(direction, size)); // each step can be undone
  return true;
}

/// A cable: louder and softer, and along to the next one at its port.
bool PatchFocusViewModel::turn(Direction direction, Qt::KeyboardModifiers modifiers)
{
  constexpr double kFine = 0.1;
  const auto id = std::get<patch::ConnectionId>(here_);
  const auto* const cable = patch_.scene().find(id);
  if (direction == Direction::up || direction == Direction::down) {
    const auto step = modifiers.testFlag(Qt::ShiftModifier) ? kFine : 1.0;
    patch_.cable(id)->nudgeGain(direction == Direction::up ? step : -step);
    return true;
  }
  const auto cables = patch_.scene().cablesAt(cameFrom_.value_or(PortSpot{cable->from, true}));
  const auto at = std::ranges::find(cables, id);
  if (at == cables.end()) return true;
  if (direction == Direction::right && std::next(at) != cables.end()) go(*std::next(at));
  if (direction == Direction::left && at != cables.begin()) go(*std::prev(at));
  patch_.selection()->chooseOnly(here_);
  return true;
}

bool PatchFocusViewModel::enter()
{
  const auto& scene = patch_.scene();
  const auto* const spot = std::get_if<PortSpot>(&here_);
  if (pulledFrom_) {
    const auto from = *pulledFrom_;
    if (!spot || *spot == from) return true;
    const auto to = *spot;
    stopPulling();
    patch_.join(from, to);
    return true;
  }
  if (const auto* id = std::get_if<patch::ModuleId>(&here_)) {
    const bool hasInputs = !scene.find(*id)->inputs.empty();
    goTo(scene.has(PortSpot{{*id, 0}, !hasInputs}) ? std::optional{PortSpot{{*id, 0}, !hasInputs}}
                                                   : std::nullopt);
    return true;
  }
  if (spot) {
    const auto cables = scene.cablesAt(*spot);
    cameFrom_ = *spot;
    if (!cables.empty()) {
      patch_.selection()->chooseOnly(cables.front());
      go(cables.front());
    }
    return true;
  }
  if (!std::holds_alternative<patch::GroupId>(here_)) return false;
  patch_.selection()->chooseOnly(here_);
  return true;
}

bool PatchFocusViewModel::leave()
{
  if (pulledFrom_) {
    const auto from = *pulledFrom_;
    stopPulling();
    go(from);
    return true;
  }
  if (const auto* id = std::get_if<patch::ConnectionId>(&here_)) {
    const auto* const cable = patch_.scene().find(*id);
    go(cameFrom_ && patch_.scene().has(*cameFrom_) ? *cameFrom_ : PortSpot{cable->from, true});
    patch_.selection()->clear();
    return true;
  }
  if (const auto* spot = std::get_if<PortSpot>(&here_)) {
    const auto card = spot->socket.module;
    patch_.selection()->chooseOnly(card);
    go(card);
    return true;
  }
  if (!patch_.hint().isEmpty()) return patch_.dismissHint(), true;
  if (patch_.selection()->chosen().isEmpty()) return false;
  patch_.selection()->clear();
  return true;
}

/// From a port, or from a card's first output.
bool PatchFocusViewModel::begin()
{
  const auto& scene = patch_.scene();
  std::optional<PortSpot> from;
  if (const auto* spot = std::get_if<PortSpot>(&here_)) from = *spot;
  if (const auto* id = std::get_if<patch::ModuleId>(&here_))
    for (const bool isOutput : {false, true})
      if (const PortSpot first{{*id, 0}, isOutput}; scene.has(first)) from = first;
  if (!from) return false;
  pulledFrom_ = from;
  const auto target = firstTarget(scene, *from);
  patch_.say(target ? tr("Arrows choose the other end; Enter connects, Escape leaves it.")
                    : tr("There is nothing left that this could be connected to."));
  if (!target) pulledFrom_.reset();
  emit changed();
  if (target) go(*target);
  return true;
}

void PatchFocusViewModel::stopPulling()
{
  pulledFrom_.reset();
  patch_.say({});
  emit changed();
}

} // namespace tutti::app
