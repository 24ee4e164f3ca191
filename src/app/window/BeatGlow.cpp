#include "BeatGlow.hpp"

#include <QPainter>
#include <QRadialGradient>

#include <algorithm>
#include <cmath>

namespace tutti::app {

const QImage& BeatGlow::image(double diameter, const QColor& colour, double pixelRatio)
{
  const auto pixels = std::max(1, static_cast<int>(std::lround(diameter * pixelRatio)));
  if (image_.width() == pixels && colour == colour_) return image_;
  colour_ = colour;
  image_ = QImage{pixels, pixels, QImage::Format_ARGB32_Premultiplied};
  image_.fill(Qt::transparent);

  const auto radius = pixels / 2.0;
  QRadialGradient gradient{radius, radius, radius};
  auto faded = colour;
  faded.setAlphaF(0);
  gradient.setColorAt(0.55, faded);
  gradient.setColorAt(1, colour);
  QPainter painter{&image_};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(gradient);
  painter.drawEllipse(QRectF{0, 0, radius * 2, radius * 2});
  return image_;
}

} // namespace tutti::app
