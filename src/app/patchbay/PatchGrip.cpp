#include "patchbay/PatchGrip.hpp"

#include <algorithm>

#include "PatchViewModel.hpp"

namespace tutti::app {

namespace {

constexpr double kDragged = 4; // pixels: a hand that clicks is not quite still
constexpr double kReach = 7;   // pixels around what is thin
constexpr double kSnap = 36;   // pixels around a port while a cable hangs at the pointer

} // namespace

double PatchGrip::reach() const
{
  return kReach / std::min(camera_.zoom(), 1.0);
}

PatchThing PatchGrip::under(QPointF at) const
{
  return patch_.scene().at(camera_.toCanvas(at), reach());
}

void PatchGrip::press(QPointF at, Qt::KeyboardModifiers modifiers, Qt::MouseButton button)
{
  from_ = now_ = at;
  patch_.focus()->hide();
  isDragged_ = false;
  isAdding_ = modifiers.testFlag(Qt::ShiftModifier) || modifiers.testFlag(Qt::ControlModifier);
  what_ = isAdding_ ? What::band : What::pan;
  pressed_ = button == Qt::MiddleButton ? PatchThing{} : under(at);
  if (button == Qt::MiddleButton) what_ = What::pan;
  if (const auto* id = std::get_if<patch::ModuleId>(&pressed_)) pressCard(*id, modifiers);
  if (const auto* spot = std::get_if<PortSpot>(&pressed_)) pressPort(*spot);
  if (std::holds_alternative<patch::ConnectionId>(pressed_)) {
    patch_.selection()->chooseOnly(pressed_);
    patch_.focus()->go(pressed_);
  }
  if (std::holds_alternative<patch::GroupId>(pressed_)) {
    what_ = What::cards;
    patch_.selection()->chooseOnly(pressed_);
    patch_.focus()->go(pressed_);
  }
}

void PatchGrip::pressCard(patch::ModuleId id, Qt::KeyboardModifiers modifiers)
{
  what_ = What::cards;
  wasChosen_ = patch_.selection()->chosen().has(id);
  if (modifiers.testFlag(Qt::ShiftModifier) || modifiers.testFlag(Qt::ControlModifier))
    patch_.selection()->toggle(id);
  else if (!wasChosen_)
    patch_.selection()->chooseOnly(id);
  patch_.focus()->go(id);
}

void PatchGrip::pressPort(const PortSpot& spot)
{
  what_ = What::cable;
  patch_.say({});
  patch_.focus()->go(spot);
}

void PatchGrip::move(QPointF to)
{
  const auto before = now_;
  now_ = to;
  if (!isDragged_ && (now_ - from_).manhattanLength() < kDragged) return;
  const auto way = isDragged_ ? now_ - before : now_ - from_;
  isDragged_ = true;
  if (what_ == What::pan) camera_.panBy(way);
}

void PatchGrip::release(QPointF at)
{
  move(at);
  if (isDragged_)
    letGo();
  else
    click();
  cancel();
}

void PatchGrip::cancel()
{
  what_ = What::nothing;
  isDragged_ = false;
}

/// On the ground: nothing is meant any more. On one of several cards: only this one.
void PatchGrip::click()
{
  if (std::holds_alternative<std::monostate>(pressed_) && !isAdding_) {
    patch_.selection()->clear();
    patch_.say({});
  }
  const auto* const card = std::get_if<patch::ModuleId>(&pressed_);
  if (card && wasChosen_ && !isAdding_) patch_.selection()->chooseOnly(*card);
}

void PatchGrip::letGo()
{
  if (const auto lifted = lift()) patch_.moveCards(lifted->cards, lifted->by);
  if (const auto pulled = pull()) {
    const auto target = pulled->target ? PatchThing{*pulled->target} : under(now_);
    patch_.join(pulled->from, target);
  }
  if (what_ == What::band) takeBand();
}

void PatchGrip::takeBand()
{
  auto selection = patch_.selection()->chosen();
  selection.cable.reset();
  for (const auto& id : patch_.scene().cardsWithin(band())) selection.cards.insert(id);
  patch_.selection()->choose(std::move(selection));
}

QPointF PatchGrip::wayOnCanvas() const
{
  return (now_ - from_) / camera_.zoom();
}

std::optional<PatchGrip::Pull> PatchGrip::pull() const
{
  if (what_ != What::cable || !isDragged_) return std::nullopt;
  const auto from = std::get<PortSpot>(pressed_);
  const auto end = camera_.toCanvas(now_);
  return Pull{from, end, patch_.scene().targetAt(end, from, kSnap / camera_.zoom())};
}

std::optional<PatchGrip::Lift> PatchGrip::lift() const
{
  if (what_ != What::cards || !isDragged_) return std::nullopt;
  return Lift{patch_.selection()->chosen().cardList(), wayOnCanvas().toPoint()};
}

QRectF PatchGrip::band() const
{
  if (what_ != What::band || !isDragged_) return {};
  return QRectF{camera_.toCanvas(from_), camera_.toCanvas(now_)}.normalized();
}

} // namespace tutti::app
