#include "patchbay/PatchSheet.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tutti::app {

namespace {

using namespace std::chrono_literals;

constexpr auto kForEdit = 12ms;               // what a hand has changed is seen at once
constexpr auto kForRest = 5ms;                // what only gets sharp may take some frames
constexpr auto kForAhead = 1ms;               // in frames that have much to do
constexpr int kAhead = PatchTiles::kSide / 2; // pixels around the view

QRect viewOf(const PatchCamera& camera)
{
  return {camera.origin(), (camera.size() * camera.pixelRatio()).toSize()};
}

QRectF onScreen(const QRectF& area, const PatchCamera& camera)
{
  return {area.topLeft() * camera.scale() - QPointF{camera.origin()}, area.size() * camera.scale()};
}

} // namespace

PatchSheet::PatchSheet(const PatchInk& ink)
  : ink_{ink}
  , painting_{ink}
  , tiles_{[this](QPainter& painter, const QRectF& area) { paint(painter, area); }}
{}

template <class Things> void PatchSheet::touchDifferences(const Things& before, const Things& now)
{
  const auto byId = [](const Things& things) {
    std::map<decltype(things.front().id), const typename Things::value_type*> map;
    for (const auto& thing : things) map[thing.id] = &thing;
    return map;
  };
  const auto older = byId(before);
  const auto newer = byId(now);
  for (const auto& [id, thing] : older)
    if (const auto same = newer.find(id); same == newer.end() || *same->second != *thing) touch(*thing);
  for (const auto& [id, thing] : newer)
    if (const auto same = older.find(id); same == older.end() || *same->second != *thing) touch(*thing);
}

void PatchSheet::show(const PatchScene& scene)
{
  touchDifferences(scene_.groups, scene.groups);
  touchDifferences(scene_.cables, scene.cables);
  touchDifferences(scene_.cards, scene.cards);
  const bool isOther = scene.cards != scene_.cards || scene.cables != scene_.cables;
  scene_ = scene;
  if (isOther) lookBeneathCards();
  isSketchStale_ = true;
  std::erase_if(loudness_, [&](const auto& known) { return scene_.find(known.first) == nullptr; });
}

/// What it finds is seen on cards only, and those are painted anew when they or the cable are elsewhere.
void PatchSheet::lookBeneathCards()
{
  covers_.clear();
  hiddenMiddles_.clear();
  for (const auto& cable : scene_.cables) {
    if (auto over = scene_.cardsOver(cable); !over.empty()) covers_.emplace(cable.id, std::move(over));
    if (scene_.isMiddleHidden(cable)) hiddenMiddles_.insert(cable.id);
  }
}

void PatchSheet::lift(const std::set<patch::ModuleId>& cards)
{
  if (cards == lifted_) return;
  const auto touchThose = [this] {
    for (const auto& card : scene_.cards)
      if (lifted_.contains(card.id)) tiles_.touch(card.box.adjusted(-8, -8, 8, 8));
    for (const auto& cable : scene_.cables)
      if (isLifted(cable)) touch(cable);
    for (const auto& group : scene_.groups)
      if (isLifted(group)) touch(group);
  };
  touchThose();
  lifted_ = cards;
  touchThose();
}

bool PatchSheet::isLifted(const PatchScene::Cable& cable) const
{
  return lifted_.contains(cable.from.module) || lifted_.contains(cable.to.module);
}

bool PatchSheet::isLifted(const PatchScene::Group& group) const
{
  if (lifted_.empty()) return false;
  return std::ranges::any_of(
    scene_.cards, [&](const auto& card) { return card.group == group.id && lifted_.contains(card.id); });
}

/// Few at a time: a patch that begins to sound must not take a whole frame for it.
bool PatchSheet::hear(const std::map<patch::ConnectionId, double>& levels)
{
  constexpr int kMost = 16;
  int changed = 0;
  for (const auto& cable : scene_.cables) {
    const auto level = levels.find(cable.id);
    if (level == levels.end() || cable.isGhost) continue;
    if (changed < kMost && loudness_[cable.id].hear(level->second)) {
      touch(cable);
      ++changed;
    }
  }
  return changed > 0;
}

void PatchSheet::repaint()
{
  pictures_.clear();
  tiles_.reset(scale_);
  isSketchStale_ = true;
}

void PatchSheet::touch(const PatchScene::Card& card)
{
  constexpr double kMargin = PatchPainting::kCardMargin;
  pictures_.erase(card.id);
  tiles_.touch(card.box.adjusted(-kMargin, -kMargin, kMargin, kMargin));
}

void PatchSheet::touch(const PatchScene::Cable& cable)
{
  constexpr double kMargin = PatchPainting::kCableMargin;
  const auto bounds = cable.curve().bounds().adjusted(-4, -4, 4, 4);
  const auto middle = cable.curve().middle();
  tiles_.touch(bounds | QRectF{middle - QPointF{2 * kMargin, kMargin}, QSizeF{4 * kMargin, 2 * kMargin}});
}

void PatchSheet::touch(const PatchScene::Group& group)
{
  tiles_.touch(group.frame.adjusted(-2, -2, 2, 2));
}

const LoudnessStep& PatchSheet::loudnessOf(patch::ConnectionId id) const
{
  static const LoudnessStep silent;
  const auto known = loudness_.find(id);
  return known == loudness_.end() ? silent : known->second;
}

const QImage& PatchSheet::pictureOf(const PatchScene::Card& card)
{
  auto& picture = pictures_[card.id];
  if (picture.isNull()) picture = painting_.card(card, scale_, zoom_);
  return picture;
}

/// From back to front.
void PatchSheet::paint(QPainter& painter, const QRectF& area)
{
  painting_.ground(painter, area, zoom_);
  for (const auto& group : scene_.groups)
    if (group.frame.intersects(area) && !isLifted(group)) painting_.group(painter, group);
  constexpr double kMargin = 2 * PatchPainting::kCableMargin;
  const auto around = area.adjusted(-kMargin, -kMargin, kMargin, kMargin);
  for (const auto& cable : scene_.cables)
    if (cable.curve().bounds().adjusted(-1, -1, 1, 1).intersects(around) && !isLifted(cable))
      painting_.cable(painter, cable, loudnessOf(cable.id), zoom_);
  constexpr double kEdge = PatchPainting::kCardMargin;
  for (const auto& card : scene_.cards) {
    const auto box = card.box.adjusted(-kEdge, -kEdge, kEdge, kEdge);
    if (!box.intersects(area) || lifted_.contains(card.id)) continue;
    const auto at = painter.worldTransform().map(box.topLeft()).toPoint();
    painter.save();
    painter.resetTransform();
    painter.drawImage(at, pictureOf(card));
    painter.restore();
  }
  paintCovered(painter, area);
}

/// Cables shine through the cards that they run beneath.
void PatchSheet::paintCovered(QPainter& painter, const QRectF& area)
{
  for (const auto& cable : scene_.cables) {
    const auto over = covers_.find(cable.id);
    if (over == covers_.end() || isLifted(cable)) continue;
    if (!cable.curve().bounds().adjusted(-4, -4, 4, 4).intersects(area)) continue;
    for (const auto& id : over->second) {
      const auto* const card = scene_.find(id);
      if (card == nullptr || lifted_.contains(id) || !card->box.intersects(area)) continue;
      painting_.cableOver(painter, cable, loudnessOf(cable.id), *card);
    }
  }
}

void PatchSheet::beginZoom(const PatchCamera& camera)
{
  const auto view = viewOf(camera);
  kept_ = QImage{view.size(), QImage::Format_RGB32};
  keptArea_ = camera.area();
  QPainter painter{&kept_};
  painter.fillRect(kept_.rect(), ink_.background);
  tiles_.draw(painter, view);
  if (isSketchStale_) sketch();
}

/// What lies beyond the view, until it is painted.
void PatchSheet::sketch()
{
  constexpr QSizeF kMost{900, 600};
  isSketchStale_ = false;
  sketchArea_ = scene_.extent().adjusted(-24, -24, 24, 24);
  const auto scale =
    std::min({kMost.width() / sketchArea_.width(), kMost.height() / sketchArea_.height(), 0.5});
  sketch_ = QImage{(sketchArea_.size() * scale).toSize(), QImage::Format_RGB32};
  sketch_.fill(ink_.background);
  QPainter painter{&sketch_};
  painter.scale(scale, scale);
  painter.translate(-sketchArea_.topLeft());
  painter.setPen(QPen{ink_.outline, 0});
  for (const auto& cable : scene_.cables) painter.drawPath(cable.curve().path());
  for (const auto& card : scene_.cards)
    painter.fillRect(card.box, card.isMissing ? ink_.background : ink_.card);
}

void PatchSheet::drawStretched(QPainter& painter, const PatchCamera& camera)
{
  painter.fillRect(QRectF{QPointF{}, camera.size() * camera.pixelRatio()}, ink_.background);
  if (!sketch_.isNull()) painter.drawImage(onScreen(sketchArea_, camera), sketch_);
  if (!kept_.isNull()) painter.drawImage(onScreen(keptArea_, camera), kept_);
}

void PatchSheet::settle(const PatchCamera& camera)
{
  if (!isZooming(camera) && camera.zoom() == zoom_) return;
  scale_ = camera.scale();
  zoom_ = camera.zoom();
  pictures_.clear();
  tiles_.reset(scale_);
}

bool PatchSheet::draw(QPainter& painter, const PatchCamera& camera)
{
  if (isZooming(camera)) return drawStretched(painter, camera), true;
  const auto view = viewOf(camera);
  const bool isGettingSharp = !kept_.isNull();
  const bool isWhole = tiles_.prepare(view, isGettingSharp ? kForRest : kForEdit);
  if (!isWhole) drawStretched(painter, camera);
  tiles_.draw(painter, view);
  if (isWhole) kept_ = {};
  return isWhole;
}

bool PatchSheet::lookAhead(const PatchCamera& camera)
{
  if (isZooming(camera)) return true;
  return tiles_.prepare(viewOf(camera).adjusted(-kAhead, -kAhead, kAhead, kAhead), kForAhead);
}

} // namespace tutti::app
