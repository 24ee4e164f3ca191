#include "patchbay/PatchTiles.hpp"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tutti::app {

namespace {

int floorDiv(int a, int b)
{
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

QRect areaOf(QPoint tile)
{
  return {tile * PatchTiles::kSide, QSize{PatchTiles::kSide, PatchTiles::kSide}};
}

} // namespace

void PatchTiles::reset(double scale)
{
  scale_ = scale;
  tiles_.clear();
}

QRect PatchTiles::tilesOf(const QRect& view)
{
  const QPoint first{floorDiv(view.left(), kSide), floorDiv(view.top(), kSide)};
  const QPoint last{floorDiv(view.right(), kSide), floorDiv(view.bottom(), kSide)};
  return {first, last};
}

void PatchTiles::touch(const QRectF& area)
{
  const auto touched =
    QRectF{area.topLeft() * scale_, area.size() * scale_}.adjusted(-2, -2, 2, 2).toAlignedRect();
  for (auto tile = tiles_.begin(); tile != tiles_.end(); ++tile) {
    const auto here = areaOf(tile.key());
    if (!here.intersects(touched)) continue;
    tile->stale |= touched.intersected(here).translated(-here.topLeft());
  }
}

std::vector<QPoint> PatchTiles::wrongOnes(const QRect& view) const
{
  std::vector<QPoint> wrong;
  const auto range = tilesOf(view);
  for (int y = range.top(); y <= range.bottom(); ++y)
    for (int x = range.left(); x <= range.right(); ++x) {
      const auto tile = tiles_.constFind({x, y});
      if (tile == tiles_.constEnd() || !tile->stale.isEmpty()) wrong.emplace_back(x, y);
    }
  return wrong;
}

bool PatchTiles::isWhole(const QRect& view) const
{
  return wrongOnes(view).empty();
}

bool PatchTiles::prepare(const QRect& view, Budget budget)
{
  auto wrong = wrongOnes(view);
  if (wrong.empty()) return true;
  const auto middle = view.center();
  const auto far = [&](QPoint tile) { return (areaOf(tile).center() - middle).manhattanLength(); };
  std::ranges::sort(wrong, {}, far);
  QElapsedTimer spent;
  spent.start();
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    if (i > 0 && std::chrono::nanoseconds{spent.nsecsElapsed()} > budget) return false;
    paint(wrong[i]);
  }
  forgetFar(view);
  return true;
}

void PatchTiles::paint(QPoint at)
{
  auto& tile = tiles_[at];
  if (tile.picture.isNull()) {
    tile.picture = QImage{kSide, kSide, QImage::Format_RGB32};
    tile.stale = tile.picture.rect();
  }
  const auto corner = areaOf(at).topLeft();
  const QRectF touched{tile.stale.translated(corner)};
  QPainter painter{&tile.picture};
  painter.setClipRect(tile.stale);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  painter.translate(-corner);
  painter.scale(scale_, scale_);
  paint_(painter, {touched.topLeft() / scale_, touched.size() / scale_});
  tile.stale = {};
}

void PatchTiles::draw(QPainter& painter, const QRect& view) const
{
  const auto range = tilesOf(view);
  for (int y = range.top(); y <= range.bottom(); ++y)
    for (int x = range.left(); x <= range.right(); ++x)
      if (const auto tile = tiles_.constFind({x, y}); tile != tiles_.constEnd())
        painter.drawImage(areaOf({x, y}).topLeft() - view.topLeft(), tile->picture);
}

/// What was seen long ago is painted again when it is seen again.
void PatchTiles::forgetFar(const QRect& view)
{
  const auto near = tilesOf(view.adjusted(-view.width(), -view.height(), view.width(), view.height()));
  tiles_.removeIf([&](const auto& tile) { return !near.contains(tile.key()); });
}

} // namespace tutti::app
