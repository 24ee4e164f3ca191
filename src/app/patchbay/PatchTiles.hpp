#pragma once

#include <QHash>
#include <QImage>
#include <QPainter>
#include <QPoint>
#include <QRectF>

#include <chrono>
#include <functional>
#include <vector>

namespace tutti::app {

/// A large picture in square pieces, painted where it is seen and kept: moving it costs no painting, and a
/// change costs only the part of the pieces that it touches.
///
/// Units: pixels of the screen, in the canvas scaled to it.
/// Threads: one at a time.
class PatchTiles {
public:
  static constexpr int kSide = 256;

  /// Paints what is within `area` of the canvas at 100 %; the painter is scaled and clipped.
  using Paint = std::function<void(QPainter& painter, const QRectF& area)>;
  using Budget = std::chrono::microseconds;

  explicit PatchTiles(Paint paint)
    : paint_{std::move(paint)}
  {}

  /// Another zoom, or other colours: nothing that was painted counts.
  void reset(double scale);
  /// Within this area of the canvas at 100 % something looks otherwise.
  void touch(const QRectF& area);

  /// Paints what is not right within `view`, from its middle outwards, as long as the budget lasts; at least
  /// one. True: all of it is right.
  bool prepare(const QRect& view, Budget budget);
  /// Lays down what there is.
  void draw(QPainter& painter, const QRect& view) const;
  [[nodiscard]] bool isWhole(const QRect& view) const;

private:
  struct Tile {
    QImage picture;
    QRect stale; // within the tile; empty: none
  };
  static QRect tilesOf(const QRect& view);
  [[nodiscard]] std::vector<QPoint> wrongOnes(const QRect& view) const;
  void paint(QPoint at);
  void forgetFar(const QRect& view);

  Paint paint_;
  double scale_ = 1;
  QHash<QPoint, Tile> tiles_;
};

} // namespace tutti::app
