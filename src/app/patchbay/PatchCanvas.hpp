#pragma once

#include <QPointer>
#include <QQuickPaintedItem>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>

#include "PatchViewModel.hpp"
#include "patchbay/PatchCamera.hpp"
#include "patchbay/PatchGrip.hpp"
#include "patchbay/PatchInk.hpp"
#include "patchbay/PatchSheet.hpp"

namespace tutti::app {

/// Where the patch is seen, and where hands are at work in it: dragged, scrolled, zoomed.
///
/// It is one picture: a sheet that is moved, and on it what moves by itself, such as levels. So a frame costs
/// little, whatever is in the patch.
///
/// Threads: gui; `paint` runs on the render thread while gui stands still.
class PatchCanvas : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(tutti::app::PatchViewModel* patch READ patch WRITE setPatch NOTIFY patchChanged REQUIRED)
  Q_PROPERTY(tutti::app::PatchInk* ink READ ink WRITE setInk NOTIFY inkChanged REQUIRED)
  Q_PROPERTY(double zoom READ zoom NOTIFY cameraChanged)
  /// Where the canvas's own 0, 0 is seen.
  Q_PROPERTY(QPointF origin READ origin NOTIFY cameraChanged)
  /// How much of it bars cover at its upper and at its lower edge.
  Q_PROPERTY(double above READ above WRITE setAbove NOTIFY coveredChanged)
  Q_PROPERTY(double below READ below WRITE setBelow NOTIFY coveredChanged)

public:
  explicit PatchCanvas(QQuickItem* parent = nullptr);
  ~PatchCanvas() override;

  [[nodiscard]] PatchViewModel* patch() const { return patch_; }
  void setPatch(PatchViewModel* patch);
  [[nodiscard]] PatchInk* ink() const { return ink_; }
  void setInk(PatchInk* ink);
  [[nodiscard]] double zoom() const { return camera_.zoom(); }
  [[nodiscard]] QPointF origin() const { return camera_.toView({0, 0}); }
  [[nodiscard]] double above() const { return above_; }
  void setAbove(double pixels);
  [[nodiscard]] double below() const { return below_; }
  void setBelow(double pixels);

  Q_INVOKABLE void zoomBy(double factor); ///< About the middle.
  Q_INVOKABLE void zoomAbout(double factor, QPointF at);
  Q_INVOKABLE void showFull(); ///< 100 %.
  Q_INVOKABLE void fit();      ///< All of it, between the bars.
  Q_INVOKABLE void panBy(double x, double y);
  [[nodiscard]] Q_INVOKABLE QPointF middle() const; ///< Of what is seen, on the canvas.
  [[nodiscard]] Q_INVOKABLE QPointF toView(QPointF onCanvas) const { return camera_.toView(onCanvas); }
  [[nodiscard]] Q_INVOKABLE QPointF toCanvas(QPointF inView) const { return camera_.toCanvas(inView); }

  void paint(QPainter* painter) override;

signals:
  void patchChanged();
  void inkChanged();
  void cameraChanged();
  void coveredChanged();
  void touched(); ///< A hand has come down on it.
  void addAsked(QPointF at);

protected:
  void geometryChange(const QRectF& now, const QRectF& before) override;
  void itemChange(ItemChange change, const ItemChangeData& data) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void mouseUngrabEvent() override;
  void hoverMoveEvent(QHoverEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  void followPatch();
  void followScene();
  void followLevels();
  void followFocus();
  void followView();
  void followBars();
  void moved(); ///< The camera.
  void settle();
  void beginZoom();
  void lift();
  void showCursor(QPointF at);

  void drawLive(QPainter& painter);
  void drawLevels(QPainter& painter, const QRectF& area);
  void drawStrip(QPainter& painter, const PatchScene::Card& card, QPointF by);
  void drawCardLevel(QPainter& painter, const PatchScene::Card& card, QPointF by);
  void drawLifted(QPainter& painter);
  void drawChosen(QPainter& painter, QPointF liftedBy);
  void drawPulled(QPainter& painter);
  void drawRing(QPainter& painter, const QRectF& around, double radius, const QColor& colour);
  [[nodiscard]] double levelOf(const PatchScene::Card& card) const;
  [[nodiscard]] QPointF liftOf(patch::ModuleId card, const std::optional<PatchGrip::Lift>& lift) const;

  QPointer<PatchViewModel> patch_;
  QPointer<PatchInk> ink_;
  PatchCamera camera_;
  std::unique_ptr<PatchSheet> sheet_;
  std::unique_ptr<PatchGrip> grip_;
  QTimer rest_;  // of the zoom
  QTimer ahead_; // of everything
  bool wasFitted_ = false;
  bool wasTouched_ = false; // by a hand or a key
  double above_ = 0;
  double below_ = 0;
};

} // namespace tutti::app
