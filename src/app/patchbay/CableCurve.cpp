#include "CableCurve.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tutti::app {

namespace {

/// Short ones bend little; those that run back leave far enough to be seen as a loop.
double bend(QPointF start, QPointF end)
{
  constexpr double kLeast = 24;
  constexpr double kMost = 140;
  const double ahead = end.x() - start.x();
  const double wanted = ahead >= 0 ? ahead / 2 : 48 - ahead / 3;
  return std::clamp(wanted + std::min(std::abs(end.y() - start.y()) / 8, 24.0), kLeast, kMost);
}

double distance(QPointF a, QPointF b)
{
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

double distanceToLine(QPointF point, QPointF a, QPointF b)
{
  const auto along = b - a;
  const auto length = QPointF::dotProduct(along, along);
  if (length == 0) return distance(point, a);
  const auto share = std::clamp(QPointF::dotProduct(point - a, along) / length, 0.0, 1.0);
  return distance(point, a + share * along);
}

} // namespace

CableCurve::CableCurve(QPointF start, QPointF end)
  : start_{start}
  , leaving_{start + QPointF{bend(start, end), 0}}
  , arriving_{end - QPointF{bend(start, end), 0}}
  , end_{end}
{}

QPointF CableCurve::at(double share) const
{
  const double left = 1 - share;
  return left * left * left * start_ + 3 * left * left * share * leaving_ +
         3 * left * share * share * arriving_ + share * share * share * end_;
}

QPainterPath CableCurve::path() const
{
  QPainterPath path{start_};
  path.cubicTo(leaving_, arriving_, end_);
  return path;
}

/// A curve lies within the hull of its four points.
QRectF CableCurve::bounds() const
{
  const std::array xs{start_.x(), leaving_.x(), arriving_.x(), end_.x()};
  const std::array ys{start_.y(), leaving_.y(), arriving_.y(), end_.y()};
  const auto [left, right] = std::minmax_element(xs.begin(), xs.end());
  const auto [top, bottom] = std::minmax_element(ys.begin(), ys.end());
  return {QPointF{*left, *top}, QPointF{*right, *bottom}};
}

double CableCurve::distanceTo(QPointF point) const
{
  constexpr int kPieces = 24;
  double nearest = distance(point, start_);
  auto before = start_;
  for (int piece = 1; piece <= kPieces; ++piece) {
    const auto next = at(static_cast<double>(piece) / kPieces);
    nearest = std::min(nearest, distanceToLine(point, before, next));
    before = next;
  }
  return nearest;
}

/// Looks at points as close as a letter is wide.
bool CableCurve::crosses(const QRectF& area) const
{
  constexpr double kStep = 8;
  const auto bounds = this->bounds();
  if (!bounds.adjusted(-1, -1, 1, 1).intersects(area)) return false; // also those that are straight
  const auto pieces = static_cast<int>((bounds.width() + bounds.height()) / kStep) + 1;
  for (int piece = 0; piece <= pieces; ++piece)
    if (area.contains(at(static_cast<double>(piece) / pieces))) return true;
  return false;
}

} // namespace tutti::app
