#pragma once

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "window/PhaseSeries.hpp"

namespace tutti::app {

/// Each measurement of a peer as a dot with its uncertainty, newest at the right; the line is perfect unity.
///
/// Threads: gui; `paint` runs on the render thread while gui stands still.
class SyncPlot : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(tutti::app::PhaseSeries* sync READ sync WRITE setSync NOTIFY syncChanged REQUIRED)
  Q_PROPERTY(QColor lineColor MEMBER lineColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor dotColor MEMBER dotColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor spreadColor MEMBER spreadColor_ NOTIFY looksChanged)

public:
  explicit SyncPlot(QQuickItem* parent = nullptr);

  [[nodiscard]] PhaseSeries* sync() const { return sync_; }
  void setSync(PhaseSeries* sync);

  void paint(QPainter* painter) override;

signals:
  void syncChanged();
  void looksChanged();

private:
  void paintFrame(QPainter* painter) const;
  void paintPoints(QPainter* painter) const;
  [[nodiscard]] double heightOf(Micros error) const;

  QPointer<PhaseSeries> sync_;
  QColor lineColor_, dotColor_, spreadColor_;
};

} // namespace tutti::app
