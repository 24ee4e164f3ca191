#include "SyncPlot.hpp"

#include <QPainter>

#include <algorithm>

namespace tutti::app {

namespace {

constexpr double kDot = 2.5;
constexpr double kMargin = 4;

} // namespace

SyncPlot::SyncPlot(QQuickItem* parent)
  : QQuickPaintedItem{parent}
{
  setAntialiasing(true);
  connect(this, &SyncPlot::looksChanged, this, [this] { update(); });
}

void SyncPlot::setSync(PhaseSeries* sync)
{
  if (sync == sync_) return;
  if (sync_) sync_->disconnect(this);
  sync_ = sync;
  if (sync_) connect(sync_, &PhaseSeries::changed, this, [this] { update(); });
  update();
  emit syncChanged();
}

void SyncPlot::paint(QPainter* painter)
{
  if (!sync_) return;
  painter->setRenderHint(QPainter::Antialiasing);
  paintFrame(painter);
  if (sync_->hasPoints()) paintPoints(painter);
}

void SyncPlot::paintFrame(QPainter* painter) const
{
  painter->setPen(QPen{lineColor_, 1, Qt::DotLine});
  for (const auto edge : {-1, 1}) {
    const auto y = heightOf(edge * sync_->scale());
    painter->drawLine(QPointF{0, y}, QPointF{width(), y});
  }
  painter->setPen(QPen{lineColor_, 1});
  painter->drawLine(QPointF{0, height() / 2}, QPointF{width(), height() / 2});
}

void SyncPlot::paintPoints(QPainter* painter) const
{
  const auto& points = sync_->points();
  const auto from = microsOf(points.front().at);
  const auto span = static_cast<double>(std::max<std::int64_t>(1, microsOf(points.back().at) - from));
  for (const auto& point : points) {
    const auto share = points.size() == 1 ? 1.0 : static_cast<double>(microsOf(point.at) - from) / span;
    const auto x = kMargin + share * (width() - 2 * kMargin);
    painter->setPen(QPen{spreadColor_, 1.5});
    painter->drawLine(QPointF{x, heightOf(point.phaseError - point.spread)},
                      QPointF{x, heightOf(point.phaseError + point.spread)});
    painter->setPen(Qt::NoPen);
    painter->setBrush(dotColor_);
    painter->drawEllipse(QPointF{x, heightOf(point.phaseError)}, kDot, kDot);
  }
}

/// Points beyond the scale stay at the edge: there is something, and it is off.
double SyncPlot::heightOf(Micros error) const
{
  const auto share = static_cast<double>(error.count()) / static_cast<double>(sync_->scale().count());
  const auto half = height() / 2 - kMargin;
  return height() / 2 - std::clamp(share, -1.0, 1.0) * half;
}

} // namespace tutti::app
