#include "patchbay/PatchCanvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "window/DecibelScale.hpp"

/// The canvas frame by frame: the sheet, and on it what moves by itself.
namespace tutti::app {

namespace {

constexpr double kRing = 2; // pixels wide

double share(double decibels)
{
  return std::clamp((decibels - DecibelScale::kLowest) / -DecibelScale::kLowest, 0.0, 1.0);
}

} // namespace

void PatchCanvas::paint(QPainter* painter)
{
  if (!sheet_ || !patch_) return;
  painter->save();
  painter->resetTransform();
  const bool isWhole = sheet_->draw(*painter, camera_);
  if (isWhole && grip_ && grip_->isPanning()) sheet_->lookAhead(camera_);
  painter->translate(-camera_.origin());
  painter->scale(camera_.scale(), camera_.scale());
  drawLive(*painter);
  painter->restore();
  if (!isWhole) QMetaObject::invokeMethod(this, [this] { update(); }, Qt::QueuedConnection);
}

void PatchCanvas::drawLive(QPainter& painter)
{
  const auto area = camera_.area();
  const auto lifted = grip_->lift();
  if (camera_.zoom() >= PatchPainting::kSmallest) drawLevels(painter, area);
  drawLifted(painter);
  if (camera_.zoom() >= PatchPainting::kSmallest)
    for (const auto& card : patch_->scene().cards) {
      if (card.isMissing || (!lifted && !card.box.intersects(area))) continue;
      const auto by = liftOf(card.id, lifted);
      drawCardLevel(painter, card, by);
      if (card.strip) drawStrip(painter, card, by);
    }
  painter.setRenderHint(QPainter::Antialiasing);
  drawChosen(painter, lifted ? lifted->by : QPointF{});
  drawPulled(painter);
}

/// -60 to 0 dBFS from left to right. The bars of cables that are moved are not worth their while, and those
/// beneath a card would lie on its words.
void PatchCanvas::drawLevels(QPainter& painter, const QRectF& area)
{
  const auto& levels = patch_->levels();
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (const auto& cable : patch_->scene().cables) {
    const auto level = levels.find(cable.id);
    if (level == levels.end() || level->second <= DecibelScale::kLowest || cable.isGhost) continue;
    auto bar = PatchPainting::barOf(cable);
    if (!bar.intersects(area) || sheet_->isLifted(cable) || sheet_->isMiddleHidden(cable.id)) continue;
    bar.setWidth(bar.width() * share(level->second));
    painter.fillRect(bar, ink_->ofLevel(level->second));
  }
}

double PatchCanvas::levelOf(const PatchScene::Card& card) const
{
  const auto* const model = patch_->card(card.id);
  if (model && model->strip()) return model->strip()->first()->level()->peak();
  double highest = DecibelScale::kLowest;
  const bool areOutputs = !card.outputs.empty();
  for (const auto& cable : patch_->scene().cables)
    if ((areOutputs ? cable.from : cable.to).module == card.id)
      if (const auto level = patch_->levels().find(cable.id); level != patch_->levels().end())
        highest = std::max(highest, level->second);
  return highest;
}

void PatchCanvas::drawCardLevel(QPainter& painter, const PatchScene::Card& card, QPointF by)
{
  const auto level = levelOf(card);
  auto bar = PatchPainting::barOf(card).translated(by);
  bar.setWidth(bar.width() * share(level));
  if (bar.width() > 0) painter.fillRect(bar, ink_->ofLevel(level));
}

void PatchCanvas::drawStrip(QPainter& painter, const PatchScene::Card& card, QPointF by)
{
  const auto* const model = patch_->card(card.id);
  if (!model || !model->strip()) return;
  const auto* const channel = model->strip()->first();
  const bool isMuted = channel->isMuted();
  const bool isSilent = isMuted || channel->isSilenced();
  const auto mute = PatchPainting::muteOf(card).translated(by);
  const auto fader = PatchPainting::faderOf(card).translated(by);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(isMuted ? ink_->accent : ink_->track);
  painter.drawRoundedRect(mute, 4, 4);
  auto font = ink_->font;
  font.setPixelSize(11);
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  painter.setPen(isMuted ? ink_->accentInk : ink_->text);
  painter.drawText(mute, Qt::AlignCenter, tr("M", "mute key"));
  const auto at = fader.left() + fader.width() * DecibelScale::position(channel->gain());
  const auto line = fader.center().y();
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink_->track);
  painter.drawRoundedRect(QRectF{fader.left(), line - 2, fader.width(), 4}, 2, 2);
  painter.setBrush(ink_->outline);
  painter.drawRoundedRect(QRectF{fader.left(), line - 2, at - fader.left(), 4}, 2, 2);
  painter.setBrush(isSilent ? ink_->outline : ink_->text);
  painter.drawRoundedRect(QRectF{at - 3.5, line - 7, 7, 14}, 2.5, 2.5);
}

QPointF PatchCanvas::liftOf(patch::ModuleId card, const std::optional<PatchGrip::Lift>& lift) const
{
  if (!lift || std::ranges::find(lift->cards, card) == lift->cards.end()) return {};
  return lift->by;
}

void PatchCanvas::drawLifted(QPainter& painter)
{
  const auto lifted = grip_->lift();
  if (!lifted) return;
  painter.setRenderHint(QPainter::Antialiasing);
  auto moved = patch_->scene();
  for (auto& card : moved.cards) card.box.translate(liftOf(card.id, lifted));
  for (auto& group : moved.groups) {
    if (!sheet_->isLifted(group)) continue;
    QRectF cards;
    for (const auto& card : moved.cards)
      if (card.group == group.id) cards |= card.box;
    group.frame =
      cards.adjusted(-PatchScene::kFramePadding, -PatchScene::kFramePadding - PatchScene::kLabelHeight,
                     PatchScene::kFramePadding, PatchScene::kFramePadding);
    group.label = {group.frame.topLeft(), QSizeF{group.frame.width(), group.label.height()}};
    sheet_->painting().group(painter, group);
  }
  for (auto& cable : moved.cables) {
    if (!sheet_->isLifted(cable)) continue;
    cable.start += liftOf(cable.from.module, lifted);
    cable.end += liftOf(cable.to.module, lifted);
    sheet_->painting().cable(painter, cable, sheet_->loudnessOf(cable.id), camera_.zoom());
  }
  constexpr double kEdge = PatchPainting::kCardMargin;
  for (const auto& card : patch_->scene().cards) {
    const auto by = liftOf(card.id, lifted);
    if (by.isNull() && std::ranges::find(lifted->cards, card.id) == lifted->cards.end()) continue;
    const auto corner = painter.worldTransform().map(card.box.topLeft() + by - QPointF{kEdge, kEdge});
    painter.save();
    painter.resetTransform();
    painter.drawImage(corner.toPoint(), sheet_->pictureOf(card));
    painter.restore();
  }
}

void PatchCanvas::drawRing(QPainter& painter, const QRectF& around, double radius, const QColor& colour)
{
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{colour, kRing / std::min(camera_.zoom(), 1.0)});
  painter.drawRoundedRect(around, radius, radius);
}

/// What is chosen is accented; around what has the keyboard lies a ring, as around every control.
void PatchCanvas::drawChosen(QPainter& painter, QPointF liftedBy)
{
  const auto& scene = patch_->scene();
  const auto& chosen = patch_->selection()->chosen();
  for (const auto& id : chosen.cards)
    if (const auto* const card = scene.find(id))
      drawRing(painter, card->box.translated(liftedBy).adjusted(0, 0, 0, 0), 8, ink_->accent);
  if (const auto* const cable = chosen.cable ? scene.find(*chosen.cable) : nullptr) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{ink_->accent, 2 * kRing});
    painter.drawPath(cable->curve().path());
    painter.fillRect(PatchPainting::barOf(*cable).adjusted(-1, -1, 1, 1), ink_->background);
    painter.fillRect(PatchPainting::barOf(*cable), ink_->track);
    const auto level = patch_->levels().find(*chosen.cable);
    auto bar = PatchPainting::barOf(*cable);
    if (level != patch_->levels().end()) bar.setWidth(bar.width() * share(level->second));
    if (level != patch_->levels().end()) painter.fillRect(bar, ink_->ofLevel(level->second));
  }
  if (!patch_->focus()->isShown()) return;
  const auto& here = patch_->focus()->here();
  if (const auto* id = std::get_if<patch::ConnectionId>(&here)) {
    const auto* const cable = scene.find(*id);
    if (cable) drawRing(painter, PatchPainting::barOf(*cable).adjusted(-5, -5, 5, 5), 5, ink_->text);
  } else if (const auto bounds = scene.boundsOf(here); !bounds.isNull()) {
    const bool isPort = std::holds_alternative<PortSpot>(here);
    drawRing(painter, bounds.translated(liftedBy).adjusted(-3, -3, 3, 3), isPort ? 13 : 11, ink_->text);
  }
}

/// By hand or by keys; and the band around cards.
void PatchCanvas::drawPulled(QPainter& painter)
{
  const auto& scene = patch_->scene();
  std::optional<PortSpot> from = patch_->focus()->pulledFrom();
  std::optional<PortSpot> target;
  QPointF end;
  if (const auto pull = grip_->pull()) {
    from = pull->from;
    target = pull->target;
    end = pull->end;
  } else if (const auto* here = std::get_if<PortSpot>(&patch_->focus()->here()); from && here) {
    target = *here;
  }
  const auto* const source = from ? scene.find(*from) : nullptr;
  const auto* const sink = target ? scene.find(*target) : nullptr;
  if (source && (sink || grip_->pull())) {
    const auto other = sink ? sink->centre : end;
    const auto curve = from->isOutput ? CableCurve{source->centre, other} : CableCurve{other, source->centre};
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{ink_->accent, 2.5, Qt::SolidLine, Qt::RoundCap});
    painter.drawPath(curve.path());
    for (const auto* port : {source, sink})
      if (port) drawRing(painter, {port->centre - QPointF{9, 9}, QSizeF{18, 18}}, 9, ink_->accent);
  }
  const auto band = grip_->band();
  if (band.isEmpty()) return;
  auto fill = ink_->accent;
  fill.setAlphaF(0.12F);
  painter.setPen(QPen{ink_->accent, 1 / camera_.zoom()});
  painter.setBrush(fill);
  painter.drawRect(band);
}

} // namespace tutti::app
