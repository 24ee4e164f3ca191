#include "Icon.hpp"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace tutti::app {

Icon::Icon(QQuickItem* parent)
  : QQuickPaintedItem{parent}
{
  setAntialiasing(true);
  connect(this, &Icon::looksChanged, this, [this] { update(); });
}

void Icon::paint(QPainter* painter)
{
  QFile file{QStringLiteral(":/Tutti/icons/%1.svg").arg(name_)};
  if (!file.open(QIODevice::ReadOnly)) return;
  // Qt's renderer does not know "currentColor".
  const auto drawing = file.readAll().replace("currentColor", color_.name().toLatin1());
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setOpacity(color_.alphaF());
  QSvgRenderer{drawing}.render(painter, boundingRect());
}

} // namespace tutti::app
