#include "patchbay/PatchCamera.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {

namespace {

/// How far one stretch has to move to lie within another.
double shift(double from, double to, double least, double most)
{
  if (to - from > most - least) return (from + to) / 2 - (least + most) / 2;
  if (from < least) return from - least;
  if (to > most) return to - most;
  return 0;
}

} // namespace

void PatchCamera::setView(QSizeF size, double pixelRatio)
{
  size_ = size;
  pixelRatio_ = pixelRatio;
}

QPoint PatchCamera::origin() const
{
  return (corner_ * scale()).toPoint();
}

QPointF PatchCamera::toCanvas(QPointF inView) const
{
  return (QPointF{origin()} / pixelRatio_ + inView) / zoom_;
}

QPointF PatchCamera::toView(QPointF onCanvas) const
{
  return onCanvas * zoom_ - QPointF{origin()} / pixelRatio_;
}

QRectF PatchCamera::area() const
{
  return {toCanvas({0, 0}), size_ / zoom_};
}

void PatchCamera::panBy(QPointF inView)
{
  corner_ -= inView / zoom_;
  isFitted_ = false;
}

void PatchCamera::zoomAbout(double factor, QPointF inView)
{
  const auto fixed = corner_ + inView / zoom_;
  zoom_ = std::clamp(zoom_ * factor, kSmallest, kLargest);
  corner_ = fixed - inView / zoom_;
  isFitted_ = false;
}

void PatchCamera::fit(const QRectF& area, double margin, double above, double below)
{
  if (area.isEmpty() || size_.isEmpty()) return;
  const double seen = size_.height() - above - below;
  if (seen < size_.height() / 3) return fit(area, margin); // what is left between the bars is too little
  const double upright = std::min(margin, seen / 16);      // low views need their height
  const QSizeF room{size_.width() - 2 * margin, seen - 2 * upright};
  zoom_ =
    std::clamp(std::min({room.width() / area.width(), room.height() / area.height(), 1.0}), kSmallest, 1.0);
  corner_ = area.center() - QPointF{size_.width() / 2, above + seen / 2} / zoom_;
  isFitted_ = true;
}

bool PatchCamera::reveal(const QRectF& area, double margin)
{
  const auto seen = this->area();
  const double inset = std::min(margin / zoom_, std::min(seen.width(), seen.height()) / 4);
  const QPointF by{shift(area.left(), area.right(), seen.left() + inset, seen.right() - inset),
                   shift(area.top(), area.bottom(), seen.top() + inset, seen.bottom() - inset)};
  if (by.isNull()) return false;
  corner_ += by;
  isFitted_ = false;
  return true;
}

} // namespace tutti::app
