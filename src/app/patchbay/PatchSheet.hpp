#pragma once

#include <map>
#include <set>
#include <vector>

#include "patchbay/PatchCamera.hpp"
#include "patchbay/PatchPainting.hpp"
#include "patchbay/PatchTiles.hpp"

namespace tutti::app {

/// Everything of the patch that does not move by itself, painted once: panning moves the picture, zooming
/// stretches it, and it is painted sharp again when the zoom rests.
///
/// Threads: gui; `draw` also by whoever renders, while gui stands still.
class PatchSheet {
public:
  explicit PatchSheet(const PatchInk& ink);

  /// Another scene: what looks otherwise is painted anew. What is lifted is not on the sheet.
  void show(const PatchScene& scene);
  void lift(const std::set<patch::ModuleId>& cards);
  /// True: a cable looks otherwise.
  bool hear(const std::map<patch::ConnectionId, double>& levels);
  void repaint(); ///< In other colours.

  void beginZoom(const PatchCamera& camera); ///< Keeps what is seen, to be stretched.
  void settle(const PatchCamera& camera);    ///< Sharp again.
  [[nodiscard]] bool isZooming(const PatchCamera& camera) const { return camera.scale() != scale_; }

  /// The painter is in pixels of the screen. False: not all of it is right yet; draw it again.
  bool draw(QPainter& painter, const PatchCamera& camera);
  /// Paints a little of what lies around the view. False: there is more.
  bool lookAhead(const PatchCamera& camera);

  [[nodiscard]] const QImage& pictureOf(const PatchScene::Card& card);
  [[nodiscard]] bool isLifted(const PatchScene::Cable& cable) const;
  [[nodiscard]] bool isLifted(const PatchScene::Group& group) const;
  [[nodiscard]] const LoudnessStep& loudnessOf(patch::ConnectionId id) const;
  /// A card lies over the middle of the cable.
  [[nodiscard]] bool isMiddleHidden(patch::ConnectionId id) const { return hiddenMiddles_.contains(id); }
  [[nodiscard]] const PatchPainting& painting() const { return painting_; }

private:
  void paint(QPainter& painter, const QRectF& area);
  void paintCovered(QPainter& painter, const QRectF& area);
  void lookBeneathCards();
  void drawStretched(QPainter& painter, const PatchCamera& camera);
  void sketch();
  void touch(const PatchScene::Card& card);
  void touch(const PatchScene::Cable& cable);
  void touch(const PatchScene::Group& group);
  template <class Things> void touchDifferences(const Things& before, const Things& now);

  const PatchInk& ink_;
  PatchPainting painting_;
  PatchScene scene_;
  std::set<patch::ModuleId> lifted_;
  std::map<patch::ConnectionId, LoudnessStep> loudness_;
  std::map<patch::ModuleId, QImage> pictures_;
  std::map<patch::ConnectionId, std::vector<patch::ModuleId>> covers_; // cards over the cable
  std::set<patch::ConnectionId> hiddenMiddles_;
  PatchTiles tiles_;
  double scale_ = 1;
  double zoom_ = 1; // the same without the screen's pixel ratio
  QImage kept_;     // what was seen as the zoom began
  QRectF keptArea_; // on the canvas
  QImage sketch_;   // all of it, small
  QRectF sketchArea_;
  bool isSketchStale_ = true;
};

} // namespace tutti::app
