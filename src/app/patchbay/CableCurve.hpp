#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace tutti::app {

/// How a cable hangs between two ports: it leaves to the right and arrives from the left.
///
/// Units: pixels of the canvas at 100 %.
class CableCurve {
public:
  CableCurve(QPointF start, QPointF end);

  [[nodiscard]] QPointF at(double share) const; ///< 0 where it starts … 1 where it ends.
  [[nodiscard]] QPointF middle() const { return at(0.5); }
  [[nodiscard]] QPainterPath path() const;
  [[nodiscard]] QRectF bounds() const; ///< Around it, without the width of its line.
  [[nodiscard]] double distanceTo(QPointF point) const;
  [[nodiscard]] bool crosses(const QRectF& area) const;

private:
  QPointF start_;
  QPointF leaving_;
  QPointF arriving_;
  QPointF end_;
};

} // namespace tutti::app
