#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace tutti::app {

/// A drawing that comes as text, as large as it fits.
class Thumbnail : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QString svg MEMBER svg_ NOTIFY svgChanged REQUIRED)

public:
  explicit Thumbnail(QQuickItem* parent = nullptr);

  void paint(QPainter* painter) override;

signals:
  void svgChanged();

private:
  QString svg_;
};

} // namespace tutti::app
