#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace tutti::app {

/// One of resources/icons, drawn in the colour of the text beside it.
class Icon : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QString name MEMBER name_ NOTIFY looksChanged REQUIRED)
  Q_PROPERTY(QColor color MEMBER color_ NOTIFY looksChanged)

public:
  explicit Icon(QQuickItem* parent = nullptr);

  void paint(QPainter* painter) override;

signals:
  void looksChanged();

private:
  QString name_;
  QColor color_;
};

} // namespace tutti::app
