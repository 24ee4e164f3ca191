#pragma once

#include <QImage>
#include <QPainter>

#include <map>

#include "patchbay/LoudnessStep.hpp"
#include "patchbay/PatchInk.hpp"
#include "patchbay/PatchScene.hpp"

namespace tutti::app {

/// The strokes of the patch: what a card, a cable, a group looks like. The painter is in pixels of the canvas
/// at 100 %, scaled to the zoom.
///
/// Threads: one at a time.
class PatchPainting {
public:
  static constexpr double kSmallest = 0.5; ///< Below that zoom small letters and bars are left out.

  explicit PatchPainting(const PatchInk& ink)
    : ink_{ink}
  {}

  void ground(QPainter& painter, const QRectF& area, double zoom) const;
  void group(QPainter& painter, const PatchScene::Group& group) const;
  void cable(QPainter& painter, const PatchScene::Cable& cable, const LoudnessStep& loudness,
             double zoom) const;
  /// The part of a cable that runs beneath a card, faint over it: or it would look plugged into the card.
  void cableOver(QPainter& painter, const PatchScene::Cable& cable, const LoudnessStep& loudness,
                 const PatchScene::Card& card) const;
  /// As a picture of its own, which is painted once and then only laid down; `scale` is the zoom in pixels of
  /// the screen.
  [[nodiscard]] QImage card(const PatchScene::Card& card, double scale, double zoom) const;

  /// Where the bar of a cable's level lies, and of a card's.
  static QRectF barOf(const PatchScene::Cable& cable);
  static QRectF barOf(const PatchScene::Card& card);
  /// The letters of a card's name, in pixels of the canvas, and their place in its head: the smaller the
  /// picture, the larger they are, as far as there is room.
  static double nameSize(double zoom);
  static QRectF nameOf(const PatchScene::Card& card, double zoom);
  /// Of a card that is a strip.
  static QRectF muteOf(const PatchScene::Card& card);
  static QRectF faderOf(const PatchScene::Card& card);
  /// How far around its curve a cable is painted.
  static constexpr double kCableMargin = 26;
  static constexpr double kCardMargin = 8; ///< Ports reach out of a card.

private:
  [[nodiscard]] QPen penOf(const PatchScene::Cable& cable, const LoudnessStep& loudness) const;
  void words(QPainter& painter, const PatchScene::Card& card, double zoom) const;
  void ports(QPainter& painter, const PatchScene::Card& card, double zoom) const;
  void badge(QPainter& painter, QPointF centre, const QString& text, const QColor& frame) const;
  [[nodiscard]] QFont letters(double size, QFont::Weight weight = QFont::Normal) const;

  const PatchInk& ink_;
};

} // namespace tutti::app
