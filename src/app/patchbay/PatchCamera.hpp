#pragma once

#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace tutti::app {

/// Which part of the canvas is seen, and how large.
///
/// Units: the canvas in its pixels at 100 %; the view in the item's. What is seen begins at a whole pixel of
/// the screen, so that pictures that are moved stay sharp.
class PatchCamera {
public:
  static constexpr double kSmallest = 0.2;
  static constexpr double kLargest = 2.5;

  /// `pixelRatio`: the screen's pixels in one of the item's.
  void setView(QSizeF size, double pixelRatio);

  [[nodiscard]] double zoom() const { return zoom_; }
  [[nodiscard]] double scale() const
  {
    return zoom_ * pixelRatio_;
  } ///< Pixels of the screen in one of the canvas.
  [[nodiscard]] double pixelRatio() const { return pixelRatio_; }
  [[nodiscard]] QSizeF size() const { return size_; }
  [[nodiscard]] QPoint origin() const; ///< Of the view, in the canvas scaled to the screen.
  [[nodiscard]] QPointF toCanvas(QPointF inView) const;
  [[nodiscard]] QPointF toView(QPointF onCanvas) const;
  [[nodiscard]] QRectF area() const; ///< Of the canvas.

  void panBy(QPointF inView);
  /// What is at this point of the view stays there.
  void zoomAbout(double factor, QPointF inView);
  /// `above` and `below` are pixels of the view that bars cover: the area is seen between them.
  void fit(const QRectF& area, double margin, double above = 0, double below = 0);
  /// Since then nobody has looked elsewhere.
  [[nodiscard]] bool isFitted() const { return isFitted_; }
  /// As little as it takes until all of it is seen; where it is too large, its middle.
  bool reveal(const QRectF& area, double margin);

private:
  QSizeF size_;
  double pixelRatio_ = 1;
  double zoom_ = 1;
  bool isFitted_ = false;
  QPointF corner_; // of the view, on the canvas
};

} // namespace tutti::app
