#include "patchbay/Thumbnail.hpp"

#include <QPainter>
#include <QSvgRenderer>

namespace tutti::app {

Thumbnail::Thumbnail(QQuickItem* parent)
  : QQuickPaintedItem{parent}
{
  setAntialiasing(true);
  connect(this, &Thumbnail::svgChanged, this, [this] { update(); });
}

void Thumbnail::paint(QPainter* painter)
{
  if (svg_.isEmpty()) return;
  QSvgRenderer drawing{svg_.toUtf8()};
  const auto size = QSizeF{drawing.defaultSize()}.scaled(boundingRect().size(), Qt::KeepAspectRatio);
  QRectF place{{}, size};
  place.moveCenter(boundingRect().center());
  drawing.render(painter, place);
}

} // namespace tutti::app
